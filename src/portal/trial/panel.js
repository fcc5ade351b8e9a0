import { openCitizen } from './citizen.js'
import { make } from './view.js'
import { WORDS } from './words.js'

/** Opens the chat in every place widget.js has made, apart from the page's own styles. */
function mount(host) {
  const { balai: base, office, language = document.documentElement.lang, place } = host.dataset
  const spoken = /^en/i.test(language) ? 'en' : 'id'
  const words = WORDS[spoken]
  const root = host.attachShadow({ mode: 'open' })
  const room = make('div', { class: 'room' })
  const box = make('div', { class: `widget ${place === 'here' ? 'here' : 'floating'}`, lang: spoken }, room)
  const style = make('link', { rel: 'stylesheet', href: `${base}/widget/chat.css` })
  let chat
  const open = () => {
    if (!chat) chat = openCitizen({ room, base, office, language: spoken, words })
  }
  if (place === 'here') open()
  else {
    room.hidden = true
    const button = make('button', { type: 'button', class: 'launch', 'aria-expanded': 'false' }, words.chat)
    button.addEventListener('click', () => {
      open()
      room.hidden = !room.hidden
      button.textContent = room.hidden ? words.chat : words.close
      button.setAttribute('aria-expanded', String(!room.hidden))
      if (!room.hidden) chat.view.field.focus()
    })
    box.append(button)
  }
  // Shown once its style is there, so that no page flashes unstyled buttons.
  box.hidden = true
  style.addEventListener('load', () => {
    box.hidden = false
  })
  root.append(style, box)
}

const mountAll = () => {
  document.querySelectorAll('[data-balai]').forEach(host => {
    if (!host.shadowRoot) mount(host)
  })
}
if (document.readyState === 'loading')
  document.addEventListener('DOMContentLoaded', () => setTimeout(mountAll))
else mountAll()
