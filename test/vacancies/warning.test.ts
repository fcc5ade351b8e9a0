import { expect, it } from 'vitest'
import { advance } from '../../src/conversation/engine.ts'
import { KNOWN_ACTIONS } from '../../src/conversation/known-actions.ts'
import { type Event, restingState, type State } from '../../src/conversation/state.ts'
import { booksIn } from '../helpers/books.ts'
import { dice } from '../helpers/walker.ts'

const books = await booksIn('flows')
const AT = '2026-11-21T09:00:00+07:00'
const WARNING: Record<string, string> = {
  id: 'Seleksi ASN tidak dipungut biaya. Pendaftaran hanya melalui sscasn.bkn.go.id. Hati-hati calo dan tautan palsu.',
  en: 'Civil service selection is free of charge. Registration is only at sscasn.bkn.go.id. Beware of fixers and false links.',
}

const KINDS: Record<string, string[]> = {
  find_vacancies: ['found', 'found', 'none', 'nothing'],
  show_vacancy: ['asn', 'asn', 'other', 'gone'],
  selection_stages: ['told', 'several', 'none'],
  remind_me: ['noted', 'noted', 'late', 'silent', 'gone'],
}

/** What an action might give: something for every name a flow could look at. */
function somethingFrom(action: string, roll: (most: number) => number) {
  const kinds = KINDS[action] ?? ['unknown']
  const result = Object.fromEntries((KNOWN_ACTIONS[action]?.gives ?? []).map(name => [name, `isi ${name}`]))
  const options = { a: 'Satu', b: 'Dua' }
  return { ...result, kind: kinds[roll(kinds.length)] ?? '', next: roll(2) === 0 ? '' : '1', options }
}

it.each(
  Object.entries(books).flatMap(([office, book]) =>
    book.languages.map(language => [office, language] as const),
  ),
)(
  '%s in %s: every message of a selection carries the warning, whatever is said and found',
  (office, language) => {
    const book = books[office]
    if (book === undefined) throw new Error(office)
    const flows = Object.values(book.flows).filter(flow => flow.recruitment)
    expect(flows.map(({ name }) => name).toSorted()).toEqual([
      'recruitment',
      'reminders',
      'stages',
      'vacancies',
    ])
    const seen = new Set<string>()
    for (const flow of flows) {
      for (let seed = 1; seed <= 40; seed++) {
        const random = dice(seed)
        const roll = (most: number) => Math.floor(random() * most)
        let state: State = restingState(language)
        let said = flow.opens[0] ?? ''
        for (let step = 0; step < 12; step++) {
          const before = state.at?.flow
          let event: Event = { type: 'replied', kind: 'text', text: said, at: AT }
          if (roll(8) === 0)
            event = {
              ...event,
              kind: 'photo',
              text: '',
              file: { id: 'f', name: 'ktp.jpg', mime: 'image/jpeg' },
            }
          for (;;) {
            const turn = advance(book, state, event)
            const asked = turn.effects.find(effect => effect.type === 'perform')
            // What is said while one of these flows is open, or opens it, belongs to it; a report it leads to does not.
            const isOfIt = [before, turn.state.at?.flow].some(name => flows.some(one => one.name === name))
            const isOnlyOfIt =
              isOfIt && (turn.state.at === undefined || flows.some(one => one.name === turn.state.at?.flow))
            for (const effect of turn.effects) {
              if (effect.type !== 'send' || !isOnlyOfIt) continue
              expect(effect.text).toContain(WARNING[language])
              seen.add(`${flow.name} ${turn.state.at?.step ?? 'end'}`)
            }
            state = turn.state
            if (asked === undefined) break
            event =
              roll(12) === 0
                ? { type: 'action_failed', reason: 'x', at: AT }
                : { type: 'action_finished', result: somethingFrom(asked.action, roll), at: AT }
          }
          const wanted = ['1', '1', '2', '3', '4', 'x', 'kembali', 'lewati', '?'][roll(9)] ?? ''
          said = state.at?.step === 'text' && roll(3) > 0 ? 's1 hukum' : wanted
          if (state.at === undefined) said = flow.opens[0] ?? ''
        }
      }
    }
    for (const where of [
      'vacancies text',
      'vacancies vacancy',
      'vacancies asn',
      'vacancies after_checklist',
      'vacancies end',
      'stages round',
      'stages end',
      'recruitment wish',
    ])
      expect(seen).toContain(where)
  },
)

it('every flow that tells of a selection is marked as one', () => {
  for (const book of Object.values(books)) {
    for (const flow of Object.values(book.flows)) {
      const tells = Object.values(flow.steps).some(
        step => step.kind === 'do' && KNOWN_ACTIONS[step.do]?.recruitment,
      )
      if (tells) expect(flow.recruitment, flow.name).toBe(true)
    }
  }
})
