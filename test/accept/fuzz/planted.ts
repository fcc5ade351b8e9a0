/** A reader with a crash behind three letters: chance alone meets it once in some million inputs. */
export function readPlanted(text: string): number {
  const at = text.indexOf('#')
  if (at === -1) return 0
  if (text.charCodeAt(at + 1) !== 0x71) return 1
  if (text.charCodeAt(at + 2) !== 0x4b) return 2
  if (text.charCodeAt(at + 3) !== 0x7e) return 3
  throw new Error('planted')
}
