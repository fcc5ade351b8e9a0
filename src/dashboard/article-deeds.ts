import { namesSomebody } from '../actions/may-not-write.ts'
import { ArticleRow, faultOf } from '../knowledge/article-shape.ts'
import { inOrder } from '../knowledge/same-article.ts'
import { keepDraft, takeDraft } from '../records/article-drafts.ts'
import { changeArticles } from '../records/articles.ts'
import { note } from '../records/audit.ts'
import { transaction } from '../records/db.ts'
import { articlePage } from './article.ts'
import { type Given, NEW } from './article-form.ts'
import type { Seat } from './door.ts'
import { goTo } from './page.ts'

/** NIK, KK and NIP. */
const IDENTITY = /\d{15,}/

/** Hands in a change, publishes somebody else's, or drops one. */
export async function articleDeed(seat: Seat): Promise<Response> {
  const deed = seat.form.of('do')
  if (deed === 'draft') return handIn(seat)
  const publish = deed === 'publish' && seat.member.duties.includes('approver')
  if (!publish && deed !== 'drop') return articlePage(seat)
  const { door, house, member, c, form, t } = seat
  const office = house.office.id
  const id = c.req.param('id') ?? ''
  const at = door.now()
  const done = await transaction(door.db, async client => {
    const content = await takeDraft(client, { office, id, by: member.id, publish, seen: form.of('seen') })
    if (content === undefined) return false
    const entry = {
      office,
      actor: member.id,
      action: publish ? 'article_published' : 'article_dropped',
      subject: id,
    }
    await note(client, door.room.sealing, entry, at)
    if (publish)
      await changeArticles(client, [{ office, id, content: { ...content, checked_by: member.name } }], {
        name: member.name,
        at,
      })
    return true
  })
  if (done) return goTo(seat, '/knowledge?done=yes')
  const text = t(
    'Naskah ini sudah berubah, atau tulisan Anda sendiri. Baca lagi dahulu.',
    'This draft has changed, or is your own. Read it again first.',
  )
  return articlePage(seat, { text, given: {} })
}

async function handIn(seat: Seat): Promise<Response> {
  const { door, house, member, form, c, t } = seat
  const path = c.req.param('id') ?? ''
  const id = path === NEW ? form.of('id') : path
  const names = [
    'question',
    'answer',
    'source',
    'as_of',
    'valid_until',
    'class',
    'link',
    'alternatives',
    'tags',
  ] as const
  const given: Given = { ...Object.fromEntries(names.map(name => [name, form.of(name)])), id }
  const lines = (text = '') => text.split('\n').flatMap(one => one.trim() || [])
  const read = ArticleRow.safeParse({
    ...given,
    alternatives: lines(given.alternatives),
    tags: lines(given.tags),
    checked_by: null,
    owner: (await door.room.knowledge.of(house.office.id)).article(id)?.owner ?? null,
  })
  if (!read.success || id === NEW) {
    const where =
      read.error?.issues.map(issue => `${String(issue.path[0])}: ${issue.message}`).join('; ') ?? 'id'
    return articlePage(seat, { text: t(`Belum lengkap: ${where}`, `Not complete: ${where}`), given })
  }
  const fault = faultOf(read.data)
  if (fault !== undefined) return articlePage(seat, { text: `${fault.at}: ${fault.text}`, given })
  // The number of an office may stand in an answer; that of a person's card may not.
  if (namesSomebody(read.data.question) || IDENTITY.test(read.data.answer))
    return articlePage(seat, {
      text: t(
        'Memuat nomor atau akun seseorang; artikel dibaca semua orang.',
        'It holds a number or account of somebody; everybody reads an article.',
      ),
      given,
    })
  const office = house.office.id
  await transaction(door.db, async client => {
    await keepDraft(client, { office, id, content: inOrder(read.data), by: member.id })
    const entry = { office, actor: member.id, action: 'article_written', subject: id }
    await note(client, door.room.sealing, entry, door.now())
  })
  return goTo(seat, `/knowledge/${id}`)
}
