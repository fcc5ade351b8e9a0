/** "a, b, c" → ["a", "b", "c"]. */
export function listed(text: string): string[] {
  return text
    .split(/[,\n]/u)
    .map(part => part.trim())
    .filter(part => part !== '')
}
