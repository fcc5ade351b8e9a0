import { openCitizen } from '/widget/citizen.js'
import { keep, newId, openLine } from '/widget/line.js'
import { createView, make } from '/widget/view.js'
import { WORDS } from '/widget/words.js'

const find = id => document.getElementById(id)
const panes = find('panes')
const offices = JSON.parse(panes.dataset.offices)
const choice = find('office')
const as = find('as')
let language = recall('language') === 'en' ? 'en' : 'id'
let words = WORDS[language]
let citizen
let desks = []
let active

function recall(name) {
  try {
    return localStorage.getItem(`balai ${name}`)
  } catch (_) {
    return null
  }
}

function remember(name, value) {
  try {
    localStorage.setItem(`balai ${name}`, value)
  } catch (_) {
    // A private window: the choice lasts as long as the page.
  }
}

function speak() {
  words = WORDS[language]
  document.documentElement.lang = language
  document.querySelectorAll('[data-word]').forEach(element => {
    element.textContent = words[element.dataset.word]
  })
  find('toggle').textContent = words.other
  find('toggle').lang = language === 'id' ? 'en' : 'id'
  if (as.value === '') as.value = recall('as') || words.asDefault
}

function openOffice() {
  const office = offices.find(({ id }) => id === choice.value) || offices[0]
  if (!office) return
  remember('office', office.id)
  openChat(office)
  openDesks(office)
}

function openChat(office) {
  if (citizen) citizen.close()
  find('chat').textContent = ''
  citizen = openCitizen({ room: find('chat'), base: '', office: office.id, language, words })
}

function openDesks(office) {
  desks.forEach(desk => {
    desk.line.close()
  })
  find('tabs').textContent = ''
  find('desks').textContent = ''
  desks = office.desks.map(desk => openDesk(office, desk))
  if (desks[0]) show(desks[0])
}

function openDesk(office, { id, name, restricted }) {
  const url = `/trial/${encodeURIComponent(office.id)}/desks/${encodeURIComponent(id)}/messages`
  const view = createView({
    words,
    own: 'staff',
    keepsButtons: true,
    intro: words.desk,
    onText: text => send({ text }, text),
    onChoice: option => send({ choice: option.id }, option.label),
  })
  const news = make('b', { hidden: true })
  const tab = make(
    'button',
    { type: 'button', role: 'tab', id: `tab-${id}`, 'aria-controls': `desk-${id}` },
    name,
  )
  if (restricted) tab.append(make('small', {}, words.restricted))
  tab.append(news)
  const panel = make(
    'div',
    { role: 'tabpanel', id: `desk-${id}`, 'aria-labelledby': `tab-${id}`, hidden: true },
    view.root,
  )
  find('tabs').append(tab)
  find('desks').append(panel)
  const desk = { id, tab, panel, news, unread: 0, isFresh: true }
  desk.line = openLine({
    url,
    headers: {},
    kept: keep(`balai desk ${office.id} ${id} waiting`),
    isNear: () => active === desk && !document.hidden,
    onMessages: messages => {
      view.show(messages)
      const isSeen = desk.isFresh || (active === desk && isShown('staff'))
      desk.isFresh = false
      if (!isSeen) desk.unread += messages.filter(({ from }) => from === 'bot').length
      count()
    },
    onState: state => view.state(state === 'away' ? words.away : ''),
    onSent: item => view.sent(item.id),
    onRefused: (item, error) => view.refused(item.id, error.message),
    onExpired: () => view.state(words.error),
  })
  for (const item of desk.line.waiting()) view.add(item.id, item.text || '…')
  function send(said, shown) {
    const item = Object.assign({ id: newId(), as: as.value.trim() || words.asDefault }, said)
    view.add(item.id, shown)
    desk.line.send(item)
  }
  tab.addEventListener('click', () => show(desk))
  return desk
}

function show(desk) {
  active = desk
  desk.line.nudge()
  for (const each of desks) {
    const isActive = each === desk
    each.panel.hidden = !isActive
    each.tab.setAttribute('aria-selected', String(isActive))
    each.tab.tabIndex = isActive ? 0 : -1
  }
  if (isShown('staff')) desk.unread = 0
  count()
}

/** On a narrow screen only one pane is there at a time. */
function isShown(pane) {
  return getComputedStyle(document.querySelector(`.${pane}`)).display !== 'none'
}

function count() {
  let all = 0
  for (const { news, unread } of desks) {
    all += unread
    news.hidden = unread === 0
    news.textContent = unread
  }
  find('news').hidden = all === 0
  find('news').textContent = all
}

find('tabs').addEventListener('keydown', event => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  if (!step) return
  const next = desks[(desks.indexOf(active) + step + desks.length) % desks.length]
  show(next)
  next.tab.focus()
})
document.querySelectorAll('[data-show]').forEach(button => {
  button.addEventListener('click', () => {
    panes.dataset.pane = button.dataset.show
    document.querySelectorAll('[data-show]').forEach(each => {
      each.setAttribute('aria-pressed', String(each === button))
    })
    if (active && isShown('staff')) active.unread = 0
    count()
  })
})
find('toggle').addEventListener('click', () => {
  language = language === 'id' ? 'en' : 'id'
  remember('language', language)
  // A chat in which nothing was said yet begins in the language just chosen.
  const isUnused = citizen ? citizen.view.isEmpty() : false
  if (isUnused) citizen.forget()
  speak()
  openOffice()
})
find('fresh').addEventListener('click', () => {
  citizen.forget()
  openChat(offices.find(({ id }) => id === choice.value))
})
choice.addEventListener('change', openOffice)
as.addEventListener('change', () => remember('as', as.value))

speak()
const last = recall('office')
if (offices.some(({ id }) => id === last)) choice.value = last
openOffice()
