import type { FlowBook } from '../conversation/flow.ts'
import type { Calendar } from './calendar.ts'
import type { Office } from './office.ts'
import type { Surveys } from './read-surveys.ts'

/** An office as the program serves it: what is known of it, the flows its citizens walk, the days it is open, its surveys. */
export type House = { office: Office; book: FlowBook; calendar: Calendar; surveys: Surveys }
