import { backOff, keep, newId, openLine, pause } from './line.js'
import { createView } from './view.js'

/** The citizen's chat with one office inside `room`; gives back how to end it. `base` is where Balai answers. */
export function openCitizen({ room, base, office, language, words, storeName }) {
  const url = `${base}/chat/${encodeURIComponent(office)}`
  const name = `balai ${storeName || ''}${office}`
  let line
  let isOpen = true
  const view = createView({
    words,
    own: 'citizen',
    intro: words.hello,
    starters: words.starters,
    onText: text => send({ text }, text),
    onChoice: ({ id, label }) => send({ choice: id }, label),
    onFile: file => send({ file }, '', file),
    onPlace: () =>
      navigator.geolocation.getCurrentPosition(
        ({ coords: { latitude, longitude } }) => send({ location: { latitude, longitude } }, words.place),
        () => view.state(words.noPlace),
        { timeout: 15000 },
      ),
  })
  room.replaceChildren ? room.replaceChildren(view.root) : room.append(view.root)

  // Written before the session is there: it waits here, and is kept like everything else.
  const kept = keep(`${name} waiting`)
  function send(said, shown, file) {
    const item = Object.assign({ id: newId() }, said)
    view.add(item.id, shown, file)
    if (line) line.send(item)
    else if (!file) kept.add(item)
  }

  function start(session) {
    line = openLine({
      url: `${url}/messages`,
      filesUrl: `${url}/files`,
      headers: { Authorization: `Bearer ${session}` },
      kept,
      isNear: () => !document.hidden,
      onMessages: view.show,
      onFiles: view.allowFiles,
      onState: state => view.state(state === 'away' ? words.away : ''),
      onSent: item => view.sent(item.id),
      onRefused: (item, error) => view.refused(item.id, error.message),
      onExpired: () => {
        // The server no longer knows this secret: what waits goes out under a new one.
        line.close()
        line = undefined
        forget(name)
        begin()
      },
    })
  }

  async function begin() {
    for (let failures = 1; isOpen; failures += 1) {
      const session = recall(name) || (await newSession(url, language))
      if (!isOpen) return
      if (session) {
        remember(name, session)
        view.state('')
        return start(session)
      }
      view.state(words.away)
      await pause(backOff(failures))
    }
  }

  for (const item of kept.read()) view.add(item.id, item.text || (item.location ? words.place : '…'))
  begin()
  return {
    view,
    close: () => {
      isOpen = false
      if (line) line.close()
    },
    forget: () => {
      forget(name)
      kept.read().forEach(item => {
        kept.remove(item.id)
      })
    },
  }
}

async function newSession(url, language) {
  try {
    const answer = await fetch(`${url}/sessions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ language }),
    })
    return (await answer.json()).session
  } catch (_) {
    // Not reachable now: the caller tries again.
    return undefined
  }
}

// Private windows may refuse to keep anything: then a session lasts as long as its page.
const inMemory = new Map()

function recall(name) {
  try {
    return localStorage.getItem(name) || inMemory.get(name)
  } catch (_) {
    return inMemory.get(name)
  }
}

function remember(name, value) {
  inMemory.set(name, value)
  try {
    localStorage.setItem(name, value)
  } catch (_) {
    // See inMemory.
  }
}

function forget(name) {
  inMemory.delete(name)
  try {
    localStorage.removeItem(name)
  } catch (_) {
    // See inMemory.
  }
}
