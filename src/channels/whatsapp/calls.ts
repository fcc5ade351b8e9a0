import type { Frame } from './wire.ts'

type Asks = Record<string, { given: unknown; answer: unknown }>
type Given<A extends Asks, K extends keyof A> = A[K]['given']
type Answered<A extends Asks, K extends keyof A> = A[K]['answer']

export type Answers<A extends Asks> = { [K in keyof A]: (given: Given<A, K>) => Promise<Answered<A, K>> }
export type Ask<A extends Asks> = <K extends keyof A & string>(
  what: K,
  given: Given<A, K>,
) => Promise<Answered<A, K>>

/** The other side is gone, or could not do it. */
export class NotAnswered extends Error {
  override name = 'NotAnswered' as const
}

/** Questions and answers between two processes: `Theirs` is what the other side answers, `answers` what this one does. */
export function createCalls<Theirs extends Asks, Ours extends Asks>(
  post: (frame: Frame) => void,
  answers: Answers<Ours>,
) {
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()
  let asked = 0
  let over = false

  async function answer(n: number, what: string, given: unknown): Promise<void> {
    const reply = (value: unknown, failed: boolean) => post({ is: 'answer', n, value, failed })
    try {
      if (!Object.hasOwn(answers, what)) throw new NotAnswered(what)
      reply(await answers[what as keyof Ours](given as never), false)
    } catch {
      // Whoever answers tells of its own faults: words of an error may quote what somebody wrote.
      reply(null, true)
    }
  }

  const ask: Ask<Theirs> = (what, given) =>
    new Promise((resolve, reject) => {
      if (over) return reject(new NotAnswered(what))
      asked += 1
      waiting.set(asked, { resolve, reject })
      post({ is: 'ask', n: asked, what, given })
    })

  return {
    ask,
    /** How many questions of ours have no answer yet. */
    open: () => waiting.size,
    /** Gives a frame of the other side to whom it is for; false when it is neither question nor answer. */
    take(frame: Frame): boolean {
      if (frame.is === 'ask') void answer(frame.n, frame.what, frame.given)
      else if (frame.is === 'answer') {
        const asker = waiting.get(frame.n)
        waiting.delete(frame.n)
        if (frame.failed) asker?.reject(new NotAnswered('The other side could not do it.'))
        else asker?.resolve(frame.value as never)
      } else return false
      return true
    },
    /** Nothing is answered any more. */
    end(): void {
      over = true
      for (const { reject } of waiting.values()) reject(new NotAnswered('The other side is gone.'))
      waiting.clear()
    },
  }
}

export type Calls<Theirs extends Asks> = {
  ask: Ask<Theirs>
  open(): number
  take(frame: Frame): boolean
  end(): void
}
