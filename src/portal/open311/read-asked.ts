import { cleanText } from '../../lib/clean-text.ts'
import { nearMoment } from '../../lib/near-moment.ts'

/** Which reports a partner asks for; empty and null: whichever. Moments are ISO times in UTC. */
export type Asked = {
  ids: string[]
  service: string[]
  status: string
  from: string | null
  to: string | null
}

/** A query of GeoReport's list of reports, or what is wrong with it in words. */
export function readAsked(query: Record<string, string>): Asked | string {
  const { service_request_id = '', service_code = '', status = '', start_date, end_date } = query
  const listed = (text: string) => text.split(',').flatMap(one => cleanText(one).trim() || [])
  const [from, to] = [momentOf(start_date), momentOf(end_date)]
  if (from === undefined || to === undefined)
    return 'start_date and end_date are moments such as 2026-11-22T00:00:00Z.'
  if (!['', 'open', 'closed'].includes(status)) return 'status is open or closed.'
  return { ids: listed(service_request_id), service: listed(service_code), status, from, to }
}

/** In UTC; null when none was asked for, undefined when it is none, or none of a time the records know. */
function momentOf(text: string | undefined): string | null | undefined {
  if (text === undefined) return null
  return nearMoment(text)?.toISOString()
}
