import { html } from 'hono/html'
import type { Html } from '../portal/look/frame.ts'
import { DUTIES, type Duty, type Member, membersOf } from '../records/duties.ts'
import { ROLES, type Role, staffOf } from '../records/staff.ts'
import type { Seat } from './door.ts'
import { DUTY_WORDS } from './duty-words.ts'
import { deskPage, linkTo } from './page.ts'

const ROLE_WORDS: Record<Role, { id: string; en: string }> = {
  staff: { id: 'Petugas', en: 'Officer' },
  head: { id: 'Kepala', en: 'Head' },
  admin: { id: 'Administrator', en: 'Administrator' },
  observer: { id: 'Tanpa meja', en: 'Without a desk' },
}

/** How the deed before it went; `word` is shown once, here and nowhere else. */
export type Said = { text: string; good: boolean; word?: { name: string; text: string } }

/** Everybody on the list, what they may do, and a form for somebody new. */
export async function showStaff(seat: Seat, said?: Said): Promise<Response> {
  const { t, door, house, language } = seat
  const { office } = house
  const members = await membersOf(door.db.pool, office.id)
  const accounts = new Map((await staffOf(door.db.pool, office.id)).map(one => [one.id, one.accounts]))
  const done = seat.c.req.query('done')
  return deskPage(
    seat,
    {
      title: t('Petugas', 'Staff'),
      said: said ?? (done === undefined ? undefined : { text: t('Tersimpan.', 'Saved.'), good: true }),
      body: html`${said?.word === undefined ? '' : wordShown(seat, said.word)}
<div class="scroll" tabindex="0"><table class="stack"><thead><tr><th>${t('Nama', 'Name')}</th><th>${t('Tugas', 'Duties')}</th><th>${t('Meja', 'Desks')}</th><th>${t('Akun chat', 'Chat accounts')}</th><th><span class="hidden">${t('Tindakan', 'What to do')}</span></th></tr></thead><tbody>
${members.map(
  one => html`<tr><td><b>${one.name}</b><br><span class="small quiet">${ROLE_WORDS[one.role][language]}</span></td>
<td>${one.duties.map(duty => html`<span class="tag">${DUTY_WORDS[duty][language]}</span> `)}</td>
<td>${one.desks === null ? t('semua meja umum', 'all general desks') : one.desks.map(id => office.desks[id]?.name ?? id).join(', ') || '–'}</td>
<td>${accounts.get(one.id) ?? 0}</td><td>${deedsFor(seat, one, (accounts.get(one.id) ?? 0) > 0)}</td></tr>`,
)}
</tbody></table></div>
<article><h2>${t('Tambah petugas', 'Add somebody')}</h2>
<form method="post" action="${linkTo(seat, '/staff')}">
<label>${t('Nama panggilan di kantor', 'What colleagues call them')}<input name="name" required maxlength="60" autocomplete="off"></label>
${placeFields(seat)}
<button>${t('Tambahkan', 'Add')}</button></form></article>`,
    },
    said === undefined || said.good ? 200 : 422,
  )
}

/** Role and desks, as they are where somebody has them already. */
function placeFields({ t, language, house }: Seat, now?: Pick<Member, 'role' | 'desks'>): Html {
  const { desks } = house.office
  return html`<label>${t('Peran', 'Role')}<select name="role">${ROLES.map(role => html`<option value="${role}"${role === now?.role ? html` selected` : ''}>${ROLE_WORDS[role][language]}</option>`)}</select></label>
<fieldset><legend>${t('Meja (kosong: semua meja umum)', 'Desks (none: all general desks)')}</legend>
${Object.entries(desks).map(([id, { name }]) => html`<label><input type="checkbox" name="desks" value="${id}"${now?.desks?.includes(id) === true ? html` checked` : ''}> ${name}</label>`)}</fieldset>`
}

function deedsFor(seat: Seat, who: Member, hasAccount: boolean): Html {
  const { id, name, duties, role } = who
  const { t, member, language } = seat
  const at = (deed: string) => linkTo(seat, `/staff/${id}/${deed}`)
  if (id === member.id)
    return html`<span class="small quiet">${t('Anda sendiri: peran diberi orang lain', 'You: others give you roles')}</span>`
  const fixed = new Set<Duty>(duties)
  return html`<details><summary>${t('Ubah', 'Change')} <span class="hidden">${name}</span></summary>
${
  hasAccount
    ? ''
    : html`<form method="post" action="${at('account')}"><button class="second">${t('Kode akun Telegram/WhatsApp', 'Word for a Telegram/WhatsApp account')}</button></form>
<form method="post" action="${at('sign-in')}"><button class="second">${t('Tautan masuk dasbor', 'Sign-in link')}</button></form>`
}
<form method="post" action="${at('duty')}" class="row"><label>${t('Tugas', 'Duty')}<select name="duty">${DUTIES.map(
    duty =>
      html`<option value="${duty}">${DUTY_WORDS[duty][language]}${fixed.has(duty) ? t(' (ada)', ' (has it)') : ''}</option>`,
  )}</select></label>
<button name="give" value="yes">${t('Beri', 'Give')}</button><button name="give" value="no" class="second">${t('Cabut', 'Take back')}</button></form>
<form method="post" action="${at('place')}">${placeFields(seat, who)}<button>${t('Ubah peran dan meja', 'Change role and desks')}</button></form>
<form method="post" action="${at('factor')}"><button class="second">${t('Pasang ulang kode ponsel', 'Let them set up the phone code again')}</button></form>
<form method="post" action="${at('leave')}"><button class="second">${t('Tidak bekerja di sini lagi', 'Works here no more')}</button></form>
<span class="small quiet">${ROLE_WORDS[role][language]}</span></details>`
}

/** Shown once, here and nowhere else. */
function wordShown({ t }: Seat, { name, text }: { name: string; text: string }): Html {
  return html`<article><p>${t(`Untuk ${name}, hanya ditampilkan sekali:`, `For ${name}, shown this once:`)}</p>
<p><code class="words">${text}</code></p></article>`
}
