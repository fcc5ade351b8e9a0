import { listingsOf } from '../records/listings-of.ts'
import { isExample, isShown } from '../vacancies/shown.ts'
import type { Language } from '../vacancies/spoken.ts'
import { stagesText } from '../vacancies/spoken-stages.ts'
import type { Action, Outcome, Request, Room } from './action.ts'

/** Where a selection stands. `kind`: told, several (then `options` names them), or none. */
export const selectionStages: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) outcomes.push({ result: await tell(room, request) })
  return outcomes
}

async function tell(
  { client, vacancies, houseOf }: Room,
  { office, at, conversation, with: { round = '' } }: Request,
): Promise<{ kind: string; text: string; options: Record<string, string> }> {
  const language: Language = conversation.language === 'en' ? 'en' : 'id'
  const stages = (await listingsOf(client, office, 'stage')).filter(stage => isShown(stage, true))
  const rounds = (await listingsOf(client, office, 'round'))
    .filter(one => (vacancies.examples || !isExample(one)) && stages.some(stage => stage.round === one.id))
    .toSorted((a, b) => b.year - a.year || a.name.localeCompare(b.name))
    .slice(0, MOST)
  const [only] = rounds
  const chosen = round === '' && rounds.length === 1 ? only : rounds.find(({ id }) => id === round)
  const options = Object.fromEntries(rounds.map(({ id, name }) => [id, name]))
  if (chosen === undefined) return { kind: rounds.length === 0 ? 'none' : 'several', text: '', options }
  const own = stages.filter(stage => stage.round === chosen.id).toSorted((a, b) => a.place - b.place)
  return { kind: 'told', text: stagesText(chosen, own, houseOf(office).office.zone, at, language), options }
}

/** The latest are asked for; who wants an older one finds it on the office's page. */
const MOST = 8
