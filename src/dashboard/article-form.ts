import { html } from 'hono/html'
import type { IdentifiedArticle } from '../knowledge/article-shape.ts'
import type { Html } from '../portal/look/frame.ts'
import { ARTICLE_CLASSES, type ArticleContent } from '../records/articles.ts'
import type { Seat } from './door.ts'
import { linkTo } from './page.ts'

/** What stands in the fields of the form, by name. */
export type Given = Partial<Record<keyof IdentifiedArticle, string>>
/** What stands in the path in place of an id while there is none. */
export const NEW = 'new'

/** The form's fields as they begin: with the article there is, or with the question that had none. */
export function givenOf(
  content: ArticleContent | undefined,
  id: string,
  question: string,
  day: string,
): Given {
  if (content === undefined) return { id: '', question: question.slice(0, 300), as_of: day, class: 'local' }
  const { alternatives, tags, ...rest } = content
  const texts = Object.entries(rest).map(([name, value]) => [name, value ?? ''])
  return { ...Object.fromEntries(texts), id, alternatives: alternatives.join('\n'), tags: tags.join('\n') }
}

const CLASS_WORDS: Record<(typeof ARTICLE_CLASSES)[number], { id: string; en: string }> = {
  law: { id: 'peraturan; berlaku sampai diganti', en: 'law; until it is replaced' },
  yearly: { id: 'tahunan; perlu tanggal akhir', en: 'of a year; needs an end' },
  event: { id: 'acara; perlu tanggal akhir', en: 'of an event; needs an end' },
  local: { id: 'kantor ini', en: 'this office' },
}

/** The form an article is written with. */
export function articleForm(seat: Seat, id: string, given: Given): Html {
  const { t, language } = seat
  const line = (name: keyof Given, words: string, more: Html = html``) =>
    html`<label>${words}<input name="${name}" value="${given[name] ?? ''}" maxlength="500"${more}></label>`
  const text = (name: keyof Given, words: string, rows: number) =>
    html`<label>${words}<textarea name="${name}" rows="${rows}" maxlength="4000">${given[name] ?? ''}</textarea></label>`
  return html`<form method="post" action="${linkTo(seat, `/knowledge/${id}`)}">
${id === NEW ? line('id', t('Nama pendek (huruf kecil, angka, tanda hubung)', 'Short name (small letters, digits, dashes)'), html` required pattern="[a-z0-9][a-z0-9\\-]{1,79}"`) : ''}
${line('question', t('Pertanyaan', 'Question'), html` required`)}
${text('alternatives', t('Cara lain bertanya, satu per baris', 'Other ways of asking, one a line'), 4)}
${text('answer', t('Jawaban', 'Answer'), 7)}
${line('source', t('Sumber', 'Source'), html` required`)}
<div class="row">${line('as_of', t('Per tanggal', 'As of'), html` type="date" required`)}${line('valid_until', t('Berlaku sampai', 'True until'), html` type="date"`)}
<label>${t('Golongan', 'Class')}<select name="class">${ARTICLE_CLASSES.map(one => html`<option value="${one}"${given.class === one ? html` selected` : ''}>${CLASS_WORDS[one][language]}</option>`)}</select></label></div>
${line('link', t('Tautan resmi (https://…)', 'Official link (https://…)'))}
${text('tags', t('Label, satu per baris', 'Tags, one a line'), 2)}
<p class="small quiet">${t('Warga membacanya sesudah orang lain menyetujui.', 'Citizens read it once somebody else has agreed.')}</p>
<button name="do" value="draft">${t('Ajukan', 'Hand in')}</button></form>`
}
