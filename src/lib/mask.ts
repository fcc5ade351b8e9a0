/** The code of a report is nobody's number, though a few of them are digits alone: LSM-2611-209328. */
const CODE_OR_NUMBER = /\b([A-Z]{3}-\d{4}-[0-9A-HJKMNP-TV-Z]{6})\b|\+?\d(?:[\s.()-]{0,2}\d){7,}/g

/**
 * Hides what identifies a person in free text: NIK, KK and card numbers (16 digits), NIP (18), phone numbers,
 * e-mail addresses, account names and links to a profile. Names inside sentences cannot be found this way.
 */
export function maskPersonal(text: string): string {
  return (
    text
      // Each run of letters is taken whole, whether an @ follows it or not: else every letter of it would be a beginning.
      .replace(/[\w.+-]+(@[\w-]+(?:\.[\w-]+)+)?/g, (run: string, rest?: string) =>
        rest === undefined ? run : '[email]',
      )
      .replace(
        /\b(?:https?:\/\/)?(?:wa\.me|t\.me|instagram\.com|facebook\.com|x\.com|twitter\.com)\/\S+/gi,
        '[akun]',
      )
      // With those that follow it without a space.
      .replace(/(?<!\w)@[a-z0-9_.]{3,}(?:@[a-z0-9_.]+)*/gi, '[akun]')
      .replace(CODE_OR_NUMBER, (found: string, code?: string) => code ?? maskNumber(found))
  )
}

/** A date or an amount of money stays; a run of 8 and more digits that looks like somebody's number does not. */
function maskNumber(found: string): string {
  const digits = found.replace(/\D/g, '')
  if (
    /^(?:\d{1,2}[-./]\d{1,2}[-./]\d{4}|\d{4}-\d{2}-\d{2})$/.test(found.trim()) ||
    /^\d{1,3}(?:\.\d{3})+$/.test(found.trim())
  )
    return found
  if (digits.length >= 15) return '[nomor identitas]'
  if (/^(?:\+?62|0|8)/.test(found.trim())) return '[telepon]'
  return '[nomor]'
}
