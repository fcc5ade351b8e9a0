import type { Words } from '../conversation/flow.ts'

/** A fact of an office as citizens read it: that it is only an example is said in their language. */
export function spokenName(name: string): Words & { en: string } {
  return { id: name, en: name.replaceAll('(contoh)', '(example)') }
}
