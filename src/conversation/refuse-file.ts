import type { Reply } from './hear.ts'
import { phrase } from './phrase.ts'
import { putOpen } from './put.ts'
import { flowOf, flush, say, type Taking } from './taking.ts'

/**
 * Where a selection of staff is told of nobody may leave documents: there is one place to apply, and that is not here. What was sent is
 * destroyed, the citizen is told why, and the open question stands. False when there was no file, or it is welcome.
 */
export function refusedFile(taking: Taking, reply: Reply): boolean {
  const { at } = taking.state
  if (reply.file === undefined || at === undefined) return false
  const open = at.behind ?? at
  if (!flowOf(taking.book, open)?.recruitment) return false
  say(taking, phrase(taking, 'documents_refused'))
  putOpen(taking)
  flush(taking)
  taking.effects.push({ type: 'forget_file', file: reply.file })
  return true
}
