import { phrase } from './phrase.ts'
import { isTalk } from './state.ts'
import { noticeOf, say, type Taking } from './taking.ts'

/**
 * The notice changed since this citizen last saw it: they are told once, at their next word. Whoever has seen none meets it where
 * a flow tells it, before the first personal question.
 */
export function tellChangedNotice(taking: Taking): void {
  const seen = taking.state.notices?.at(-1)
  const version = noticeOf(taking)
  if (seen === undefined || version === undefined || seen.version === version.id) return
  if (!isTalk(taking.state))
    say(taking, phrase(taking, 'notice_changed', { version: phrase(taking, 'notice_version') }))
}
