/* Puts an office's chat on any page: <script src="https://…/widget.js" data-office="ID"></script> */
;(() => {
  const script = document.currentScript
  const host = document.createElement('div')
  const base = script.src.replace(/\/widget\.js.*$/, '')
  host.setAttribute('data-balai', base)
  for (const name of ['office', 'language', 'place']) {
    if (script.dataset[name]) host.setAttribute(`data-${name}`, script.dataset[name])
  }
  if (script.parentNode === document.head)
    document.addEventListener('DOMContentLoaded', () => document.body.append(host))
  else script.after(host)
  const panel = document.createElement('script')
  panel.type = 'module'
  panel.src = `${base}/widget/panel.js`
  document.head.append(panel)
})()
