/** A phone number as +62…, or with its own country's code; undefined when it is none (domain §5.3). */
export function hearPhone(text: string): string | undefined {
  const typed = text.normalize('NFKC').replace(/^\s*(?:no|nomor|hp|wa|telp?)\b[\s.:]*(?:hp|wa)?[\s.:]*/i, '')
  const digits = typed.replace(/[\s.\-()\u2010-\u2015]/g, '')
  if (!/^\+?\d{7,16}$/.test(digits)) return undefined
  const foreign = /^\+(?!62)\d{8,15}$/
  if (foreign.test(digits)) return digits
  const national = digits.replace(/^(?:0062|\+62|62|0)0?/, '')
  const hadPrefix = national !== digits
  // A mobile number begins with 8 and has 10 to 13 digits with its zero; a landline begins with its area.
  if (/^8\d{8,11}$/.test(national)) return `+62${national}`
  if (hadPrefix && /^[2-79]\d{6,10}$/.test(national)) return `+62${national}`
  return undefined
}
