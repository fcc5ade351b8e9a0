const WAIT = 25
const LONGEST_PAUSE = 30000

/** Resolves after `ms`, or as soon as the browser says that it is online again. */
export function pause(ms) {
  return new Promise(resolve => {
    const done = () => {
      clearTimeout(timer)
      removeEventListener('online', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    addEventListener('online', done)
  })
}

/** Longer with every failure, with some chance in it: after an outage not all come back at once. */
export function backOff(failures) {
  return Math.min(LONGEST_PAUSE, 1000 * 2 ** Math.min(failures - 1, 6)) * (0.5 + Math.random() / 2)
}

/** An id nobody else makes: a message sent again under it is taken once. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}

/** What waits to be sent, kept through a reload where the browser keeps anything. */
export function keep(name) {
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(name)) || []
    } catch (_) {
      return []
    }
  }
  const write = list => {
    try {
      if (list.length === 0) localStorage.removeItem(name)
      else localStorage.setItem(name, JSON.stringify(list))
    } catch (_) {
      // Private windows keep nothing; the message still waits in memory.
    }
  }
  return {
    read,
    add: item => write(read().concat(item)),
    remove: id => write(read().filter(item => item.id !== id)),
  }
}

/**
 * One address from a client's side: reads what is said there, and sends what waits, in order, until it has arrived.
 * `isNear()`: somebody looks at it now, so it waits at the server; otherwise it looks in every four seconds, because
 * a browser opens only six connections to one server.
 */
export function openLine({
  url,
  filesUrl,
  headers,
  kept,
  isNear,
  onMessages,
  onState,
  onSent,
  onRefused,
  onExpired,
  onFiles,
}) {
  let after = 0
  let isOpen = true
  let isSending = false
  let waiting = kept.read()
  const cuts = new Set()

  const ask = async (to, init, seconds) => {
    const cut = new AbortController()
    const timer = setTimeout(() => cut.abort(), seconds * 1000)
    cuts.add(cut)
    try {
      const answer = await fetch(to, Object.assign({ signal: cut.signal }, init))
      return {
        status: answer.status,
        again: answer.headers.get('Retry-After'),
        files: answer.headers.get('Balai-Files'),
        body: await answer.json(),
      }
    } catch (_) {
      // No connection, cut off, or not our server: all mean "later".
      return { status: 0, body: {} }
    } finally {
      clearTimeout(timer)
      cuts.delete(cut)
    }
  }

  const post = item => {
    if (!item.file) {
      const json = Object.assign({ 'Content-Type': 'application/json' }, headers)
      return ask(url, { method: 'POST', headers: json, body: JSON.stringify(item) }, 20)
    }
    const form = new FormData()
    form.append('id', item.id)
    form.append('file', item.file, item.file.name)
    return ask(filesUrl, { method: 'POST', headers, body: form }, 120)
  }

  const sendAll = async () => {
    if (isSending) return
    isSending = true
    let failures = 0
    while (isOpen && waiting.length > 0) {
      const item = waiting[0]
      const answer = await post(item)
      if (!isOpen) break
      if (answer.status === 401) {
        onExpired()
        break
      }
      const isLater = answer.status === 0 || answer.status === 429 || answer.status >= 500
      if (isLater && !(item.file && failures > 3)) {
        failures += 1
        if (answer.status !== 429) onState('away')
        await pause(Math.max(backOff(failures), 1000 * Number(answer.again || 0)))
        continue
      }
      failures = 0
      waiting = waiting.slice(1)
      kept.remove(item.id)
      if (answer.status === 200) onSent(item)
      else onRefused(item, answer.body.error || {})
    }
    isSending = false
  }

  const readAll = async () => {
    let failures = 0
    while (isOpen) {
      const near = isNear()
      const answer = await ask(`${url}?after=${after}&wait=${near ? WAIT : 0}`, { headers }, WAIT + 15)
      if (!isOpen) return
      if (answer.status === 401) return onExpired()
      if (answer.status !== 200) {
        failures += 1
        if (answer.status !== 429) onState('away')
        await pause(backOff(failures))
        continue
      }
      failures = 0
      onState('here')
      if (onFiles) onFiles(answer.files === 'yes')
      const messages = answer.body.messages || []
      // The last number, not the highest: after a wipe numbers begin anew.
      if (messages.length > 0) after = messages[messages.length - 1].seq
      onMessages(messages)
      await Promise.race([pause(near ? 100 : 4000), nudged()])
    }
  }

  // Somebody looks at this again, or has just written: do not wait out the four seconds.
  let nudge = () => undefined
  const nudged = () =>
    new Promise(resolve => {
      nudge = resolve
    })
  const onLook = () => nudge()
  document.addEventListener('visibilitychange', onLook)

  readAll()
  sendAll()
  return {
    nudge: onLook,
    waiting: () => waiting,
    send: item => {
      waiting = waiting.concat(item)
      if (!item.file) kept.add(item)
      sendAll()
      nudge()
    },
    close: () => {
      isOpen = false
      document.removeEventListener('visibilitychange', onLook)
      cuts.forEach(cut => {
        cut.abort()
      })
    },
  }
}
