import { z } from 'zod'

/** A day as files and tables write it: 2026-11-21, and one the calendar has. 2026-02-30 has the form and is none. */
export const writtenDay = z.iso.date('should be a day of the calendar such as 2026-11-21')
