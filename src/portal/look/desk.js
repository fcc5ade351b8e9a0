// What makes the pages of staff quicker; each of them works without it.
const typing = () => {
  const at = document.activeElement
  return at !== null && /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)
}

// Keys of the work list: j and k move, Enter opens, / searches.
const rows = () => [...document.querySelectorAll('tr[data-open]')]
const select = row => {
  for (const one of rows()) one.removeAttribute('aria-selected')
  row.setAttribute('aria-selected', 'true')
  row.scrollIntoView({ block: 'nearest' })
}
document.addEventListener('keydown', event => {
  if (typing() || event.ctrlKey || event.altKey || event.metaKey) return
  if (event.key === '/') {
    const search = document.querySelector('input[type="search"]')
    if (search === null) return
    event.preventDefault()
    search.focus()
    return
  }
  const all = rows()
  const now = all.findIndex(row => row.getAttribute('aria-selected') === 'true')
  const step = { j: 1, k: -1 }[event.key]
  if (step !== undefined && all.length > 0) select(all[Math.min(all.length - 1, Math.max(0, now + step))])
  if (event.key === 'Enter' && now >= 0 && document.activeElement === document.body)
    location.assign(all[now].dataset.open)
})

// Tick or untick all rows at once.
document.addEventListener('change', event => {
  if (event.target.dataset.all === undefined) return
  for (const box of event.target.form.querySelectorAll('input[type="checkbox"][name]'))
    box.checked = event.target.checked
})

// A prepared reply goes into the text field, to be changed before it is sent.
document.addEventListener('change', event => {
  const words = event.target.selectedOptions?.[0]?.dataset.words
  const field = event.target.form?.elements.namedItem('words')
  if (words === undefined || !field) return
  field.value = words
  field.focus()
})

// A form is sent once, however often its button is pressed.
document.addEventListener('submit', event => {
  if (event.target.dataset.sent !== undefined) event.preventDefault()
  else if (event.target.method === 'post') event.target.dataset.sent = ''
})
addEventListener('pageshow', () => {
  for (const form of document.forms) delete form.dataset.sent
})

// News: parts marked data-live are read again when something happened, unless somebody writes or has ticked something in them.
const live = document.querySelector('[data-news]')
if (live !== null) {
  let waiting
  const busy = part => part.contains(document.activeElement) || part.querySelector('input:checked') !== null
  const read = async () => {
    waiting = undefined
    if (document.hidden) return
    const answer = await fetch(location.href, { headers: { 'Balai-Stays': '1' } }).catch(() => undefined)
    if (answer === undefined || !answer.ok) return
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
    for (const part of document.querySelectorAll('[data-live]')) {
      const now = fresh.getElementById(part.id)
      if (now !== null && !busy(part)) part.replaceChildren(...now.childNodes)
    }
  }
  const soon = () => {
    if (waiting === undefined) waiting = setTimeout(read, 300)
  }
  // Only what is looked at listens: a browser opens six connections to one server, and people open ten tabs.
  let news
  const listen = () => {
    news?.close()
    news = undefined
    if (document.hidden) return
    news = new EventSource(live.dataset.news)
    news.addEventListener('message', soon)
  }
  document.addEventListener('visibilitychange', () => {
    listen()
    if (!document.hidden) soon()
  })
  addEventListener('pagehide', () => news?.close())
  listen()
}
