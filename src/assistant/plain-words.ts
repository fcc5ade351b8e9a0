/** The words of a text in small letters, hyphens and apostrophes kept inside them. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+(?:[-'’]\p{L}+)*/gu) ?? []
}

/**
 * Words that only hold others together or address somebody: they say nothing by themselves. Not among them, and never to be put
 * here: what denies, allows, obliges, limits, or makes something a condition.
 */
export const BINDING: ReadonlySet<string> = new Set(
  (
    'yang dan di ke dari untuk dengan pada dalam oleh agar supaya serta juga adalah ialah yaitu yakni itu ini tersebut maka lalu ' +
    'kemudian sebagai secara para akan pun lah nya bapak ibu bapak-ibu anda kami kita silakan silahkan mohon ya terima kasih halo ' +
    'selamat pagi siang sore baik berikut adapun terkait mengenai tentang hal bagi antara kepada melalui per ada'
  ).split(' '),
)
