import { faultOf } from '../../lib/log.ts'
import { type Reading, troubleIn } from './answers.ts'
import type { CloudOptions, Trouble } from './ports.ts'

const EVENTS: Record<Trouble['kind'], string> = {
  token: 'Meta refuses the token of an office, or what it may do: give it a new one',
  account: 'Meta holds the WhatsApp account or number of an office',
  template: 'Meta refuses a template of an office',
}

/** Tells of what only a person can mend: each code once, and again only after a message went through. */
export function createAlarm({ log, tellStaff }: Pick<CloudOptions, 'log' | 'tellStaff'>) {
  const told = new Set<string>()

  return {
    met(office: string, reading: Reading): void {
      const kind = troubleIn(reading)
      const { code } = reading
      const key = `${office} ${code}`
      if (kind === undefined || told.has(key)) return
      told.add(key)
      log.error(EVENTS[kind], { office, kind, code })
      tellStaff?.({ office, kind, code }).catch((error: unknown) => {
        told.delete(key)
        log.warn('staff were not told of a trouble with WhatsApp', { office, ...faultOf(error) })
      })
    },
    /** A message went through. A template may still be bad when words are not. */
    over(office: string, isTemplate: boolean): void {
      for (const key of told) {
        if (key.startsWith(`${office} `) && (isTemplate || !key.startsWith(`${office} 132`))) told.delete(key)
      }
    },
  }
}

export type Alarm = ReturnType<typeof createAlarm>
