/** An element with attributes and children; text is always text, never markup. */
export function make(tag, attributes, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (value === true) element.setAttribute(name, '')
    else if (value !== false && value !== undefined) element.setAttribute(name, value)
  }
  element.append(...children)
  return element
}

/** Ticket codes stay on one line: they are read over the phone. */
function withCodes(text) {
  const parts = text.split(/\b([A-Z]{3}-\d{4}-[0-9A-Z]{6})\b/)
  return parts.map((part, i) => (i % 2 === 1 ? make('b', { class: 'code' }, part) : part))
}

/** *Bold* as people know it from WhatsApp; a lone star stays a star, and what others wrote stays as they wrote it. */
function withMarks(text) {
  return text.split(/\u2068([^\u2068\u2069]*)\u2069/).flatMap((words, n) => {
    if (n % 2 === 1) return withCodes(words)
    const parts = words.split(/\*(?=\S)([^*\n]*[^*\s])\*/)
    return parts.flatMap((part, i) => (i % 2 === 1 ? make('b', {}, ...withCodes(part)) : withCodes(part)))
  })
}

/**
 * What a chat looks like: a log, buttons, and a field to write in. `own` is who sits here, 'citizen' or 'staff'.
 * `keepsButtons`: cards stay pressable; in a citizen's chat only the newest question is.
 */
export function createView({ words, own, keepsButtons, intro, starters, onText, onChoice, onFile, onPlace }) {
  const log = make('div', {
    class: 'log',
    role: 'log',
    'aria-live': 'polite',
    'aria-label': words.log,
    tabindex: '0',
  })
  const state = make('p', { class: 'state', role: 'status' })
  const field = make('textarea', {
    rows: '1',
    maxlength: '4096',
    'aria-label': words.write,
    placeholder: words.write,
  })
  field.setAttribute('enterkeyhint', 'send')
  const form = make('form', { class: 'write', onsubmit: submit }, ...tools(), field)
  form.append(make('button', { class: 'send' }, words.send))
  const root = make('div', { class: 'balai-chat' }, log, state, form)
  const labels = new Map()
  const mine = []
  let greeting = greet()

  function greet() {
    const buttons = (starters || []).map(word => ({ id: word, label: word }))
    const box = make('div', { class: 'hello' }, make('p', {}, intro))
    if (buttons.length > 0) box.append(choices(buttons, ({ id }) => onText(id)))
    log.append(box)
    return box
  }

  function tools() {
    const all = []
    if (onPlace && navigator.geolocation)
      all.push(
        make(
          'button',
          { type: 'button', class: 'tool', onclick: onPlace, title: words.place, 'aria-label': words.place },
          '⌖',
        ),
      )
    if (onFile) {
      const pick = make('input', {
        type: 'file',
        accept: 'image/*,application/pdf,audio/ogg',
        'aria-label': words.file,
      })
      pick.addEventListener('change', () => {
        if (pick.files[0]) onFile(pick.files[0])
        pick.value = ''
      })
      all.push(make('label', { class: 'tool files', title: words.file, hidden: true }, '+', pick))
    }
    return all
  }

  function submit(event) {
    event.preventDefault()
    const text = field.value
    if (text.trim() === '') return
    field.value = ''
    grow()
    onText(text)
  }

  function grow() {
    field.style.height = 'auto'
    field.style.height = `${Math.min(field.scrollHeight + 2, 130)}px`
  }

  field.addEventListener('input', grow)
  field.addEventListener('keydown', event => {
    const isFine = typeof matchMedia !== 'function' || !matchMedia('(pointer: coarse)').matches
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && isFine) submit(event)
  })

  function choices(options, press) {
    const group = make('div', { class: 'choices', role: 'group' })
    for (const option of options) {
      labels.set(option.id, option.label)
      const onclick = () => {
        log.focus({ preventScroll: true })
        press(option)
      }
      group.append(make('button', { type: 'button', onclick }, option.label))
    }
    return group
  }

  /** Buttons of an earlier question are out of date once something new is said. */
  function retireButtons() {
    if (keepsButtons) return
    log.querySelectorAll('.choices').forEach(group => {
      group.remove()
    })
  }

  function bubble({ from, text, as, file }) {
    const isOwn = from === own || (own === 'staff' && from === 'citizen')
    const who = as || (isOwn ? words.you : from === 'bot' ? words.bot : words.staff)
    const isNamed = as || (from === 'staff' && !isOwn)
    const box = make('div', { class: `said ${isOwn ? 'own' : from}` })
    box.append(make('span', { class: isNamed ? 'who' : 'hidden' }, `${who}: `))
    if (text) box.append(make('p', { dir: 'auto' }, ...withMarks(text)))
    if (file) box.append(fileBox(file))
    return box
  }

  /** A link, and a player above it once the server has said that it is a voice message: its address does not tell. */
  function fileBox(file) {
    const box = make('div', {}, make('a', { href: file, rel: 'noopener', target: '_blank' }, words.open))
    fetch(file, { method: 'HEAD' }).then(
      ({ headers }) => {
        if (!/^audio\//.test(headers.get('Content-Type') || '')) return
        const player = make('audio', {
          controls: true,
          preload: 'none',
          src: file,
          'aria-label': words.voice,
        })
        stick(() => box.insertBefore(player, box.firstChild))
      },
      // Not reachable now, or not for this page: the link is there.
      () => undefined,
    )
    return box
  }

  function stick(change) {
    const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80
    change()
    if (isAtEnd) log.scrollTop = log.scrollHeight
  }

  function leaveGreeting() {
    if (greeting) greeting.remove()
    greeting = undefined
  }

  function showOne(message) {
    let text = labels.get(message.text) || message.text
    if (message.from === own || message.from === 'citizen') {
      const same = mine.findIndex(sent => sent.text.trim() === text.trim())
      const place = same === -1 ? mine.findIndex(sent => sent.isSent) : same
      const sent = place === -1 ? undefined : mine.splice(place, 1)[0]
      if (sent) sent.box.remove()
      if (sent && text === '') text = sent.text
    }
    if (message.from !== 'staff' || own === 'staff') retireButtons()
    const box = bubble(Object.assign({}, message, { text }))
    if (message.options) box.append(choices(message.options, onChoice))
    const first = mine.length > 0 ? mine[0].box : null
    log.insertBefore(box, first)
  }

  return {
    root,
    field,
    labels,
    show: messages =>
      stick(() => {
        if (messages.length > 0) leaveGreeting()
        messages.forEach(showOne)
      }),
    /** Shows what is on its way; the transcript's own line takes its place. */
    add: (id, text, file) => {
      leaveGreeting()
      retireButtons()
      const box = bubble({ from: own, text: text || (file ? file.name : '') })
      box.classList.add('waiting')
      box.append(make('small', {}, words.waiting))
      mine.push({ id, text: text || '', box, isSent: false })
      log.append(box)
      log.scrollTop = log.scrollHeight
    },
    sent: id => {
      const found = mine.find(item => item.id === id)
      if (!found) return
      found.isSent = true
      found.box.classList.remove('waiting')
      found.box.querySelector('small').remove()
    },
    refused: (id, reason) => {
      const place = mine.findIndex(item => item.id === id)
      if (place === -1) return
      const [found] = mine.splice(place, 1)
      found.box.classList.add('failed')
      found.box.querySelector('small').textContent = `${words.failed}. ${reason || ''}`
    },
    state: text => {
      if (state.textContent !== text) state.textContent = text
    },
    allowFiles: isAllowed => {
      form.querySelector('.files').hidden = !isAllowed
    },
    isEmpty: () => Boolean(greeting),
  }
}
