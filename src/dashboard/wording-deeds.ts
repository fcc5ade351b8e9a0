import { faultOf } from '../lib/log.ts'
import { filedSentence, lintWording } from '../offices/lint-wording.ts'
import { note } from '../records/audit.ts'
import { transaction } from '../records/db.ts'
import { agreeToWording, dropWording, type Wording, wordingsOf, writeWording } from '../records/wordings.ts'
import type { Seat } from './door.ts'
import { goTo } from './page.ts'
import { showWordings } from './wording-list.ts'
import { languageIn, noSuchPlace, placeAsked, wordingPage } from './wording-page.ts'

/** Proposes what was typed, as far as it differs from what is said now; nothing of it when any of it is wrong. */
export async function proposeWording(seat: Seat): Promise<Response> {
  const { door, house, member, form, t } = seat
  const at = placeAsked(seat)
  const filed = door.flows.filed(house.office.id)
  if (at === undefined || filed === undefined) return noSuchPlace(seat)
  const office = house.office.id
  const given = Object.fromEntries(
    house.office.languages
      .filter(one => form.all(one).length > 0)
      .map(one => [one, form.of(one).replace(/\r\n?/g, '\n')]),
  )
  const wanted = Object.entries(given).flatMap(([language, words]): Wording[] => {
    const replaces = filedSentence(filed, { ...at, language })
    return replaces === undefined || words === replaces ? [] : [{ office, ...at, language, words, replaces }]
  })
  const problems = wanted.flatMap(one =>
    lintWording(filed, one).map(({ id, en }) => `${languageIn(seat, one.language)}: ${t(id, en)}`),
  )
  if (wanted.length === 0) problems.push(t('Tidak ada yang berubah.', 'Nothing has changed.'))
  if (problems.length > 0) return wordingPage(seat, { text: problems.join(' '), given })
  await transaction(door.db, async client => {
    for (const wording of wanted) {
      await writeWording(client, { ...wording, by: member.id })
      await noteWording(seat, client, 'wording_written', wording)
    }
  })
  return goTo(seat, '/wordings?done=yes')
}

function noteWording(
  { door, house, member }: Seat,
  on: Parameters<typeof note>[0],
  action: string,
  { flow, place, language }: Pick<Wording, 'flow' | 'place' | 'language'>,
): Promise<void> {
  const subject = `${flow}/${place}/${language}`
  return note(
    on,
    door.room.sealing,
    { office: house.office.id, actor: member.id, action, subject },
    door.now(),
  )
}

/** Agrees to a sentence of somebody else's, checked once more against what the files say now; or drops one, or takes it back. */
export async function decideWording(seat: Seat): Promise<Response> {
  const { door, house, member, form, t, c } = seat
  const office = house.office.id
  const id = c.req.param('id') ?? ''
  const row = (await wordingsOf(door.db.pool, office)).find(one => one.id === id)
  const filed = door.flows.filed(office)
  if (row === undefined || filed === undefined)
    return showWordings(
      seat,
      t(
        'Usulan ini sudah berubah atau sudah diputuskan. Baca lagi.',
        'This proposal has changed or was decided. Read it again.',
      ),
    )
  const isApprover = member.duties.includes('approver')
  const [agrees, revokes] = [form.of('do') === 'agree', form.of('do') === 'revoke']
  if (agrees && (!isApprover || row.writtenBy === member.id))
    return showWordings(seat, t('Orang lain yang menyetujui.', 'Somebody else agrees.'))
  if (revokes && !isApprover)
    return showWordings(seat, t('Hanya yang menyetujui dapat mencabut.', 'Only who may agree may take back.'))
  if (!agrees && !revokes && form.of('do') !== 'drop') return showWordings(seat)
  const [problem] = agrees ? lintWording(filed, row) : []
  if (problem !== undefined) return showWordings(seat, t(problem.id, problem.en))
  await transaction(door.db, async client => {
    const decision = { office, id, by: member.id }
    const isDone = agrees
      ? (await agreeToWording(client, decision)) !== undefined
      : await dropWording(client, decision, revokes ? 'agreed' : 'waiting')
    if (isDone) await noteWording(seat, client, agrees ? 'wording_agreed' : 'wording_dropped', row)
  })
  // Decided is decided: should it not be taken up now, the next look does.
  await door.flows.look().catch(error => door.log.warn('an agreed sentence waits', faultOf(error)))
  return goTo(seat, '/wordings?done=yes')
}
