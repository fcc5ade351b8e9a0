import { actions } from '../../../src/actions/actions.ts'

/**
 * Makes questions with a marked word poison, as a bug in an action would: it throws, loops in SQL, or takes the process with
 * it, as running out of memory does. Only children of the check ever load this.
 */
export function poisonActions(): void {
  const table = actions as Record<string, (typeof actions)[string]>
  const honest = table.answer_question
  if (honest === undefined) throw new Error('There is no answer_question to poison.')
  table.answer_question = async (room, requests) => {
    for (const { with: asked } of requests) {
      const { text = '' } = asked
      if (text.includes('racun lempar')) throw new Error('poison')
      if (text.includes('racun putar'))
        await room.client.query('select count(*) from generate_series(1, 1e12)')
      if (text.includes('racun mati')) process.kill(process.pid, 'SIGKILL')
    }
    return honest(room, requests)
  }
}
