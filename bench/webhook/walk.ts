/** Citizens of the six-question complaint, as Telegram delivers them: POST, 200, and the answer through the Bot API. */
import { Agent, request } from 'node:http'
import { answersOf, dialogueOf } from '../dialogue.ts'
import { type Button, type Update, updateOf } from '../telegram.ts'
import { PATH, SECRET } from './bots.ts'
import type { Sink } from './sink.ts'

const dialogue = dialogueOf(6)
const STEPS = dialogue.questions.length + 1

/** Milliseconds from POST to the 200 (`taken`), and to both that and the answer in the chat (`latencies`). */
export type Walked = {
  turns: number
  seconds: number
  dialogues: number
  taken: number[]
  latencies: number[]
}

/** Numbered through the life of the bench; only odd ones, who have no picture: fetching one is another bench. */
let last = -1

/** `chats` at once, each on a dialogue of its own and then the next, for `seconds`; those begun are finished after it. */
export async function walk(sink: Sink, port: number, chats: number, seconds: number): Promise<Walked> {
  const agent = new Agent({ keepAlive: true, maxSockets: chats })
  const started = performance.now()
  const until = started + seconds * 1000
  const latencies: number[] = []
  const taken: number[] = []
  let [turns, dialogues] = [0, 0]
  const citizen = async () => {
    while (performance.now() < until) {
      last += 2
      const chat = last
      let buttons: Button[] = []
      for (let step = 0; step < STEPS; step += 1) {
        const began = performance.now()
        const answered = sink.next(chat)
        const status = await post(
          agent,
          port,
          updateOf(dialogue, chat, step, answersOf(dialogue, chat), buttons),
        )
        if (status !== 200) throw new Error(`the webhook answered ${status}`)
        const takenAt = performance.now()
        const answer = await answered
        check(step, chat, answer.text)
        buttons = answer.buttons
        if (performance.now() < until) {
          turns += 1
          taken.push(takenAt - began)
          latencies.push(performance.now() - began)
        }
      }
      dialogues += 1
    }
  }
  await Promise.all(Array.from({ length: chats }, citizen))
  agent.destroy()
  return { turns, seconds, dialogues, taken, latencies }
}

/** Every question in its place, and thanks at the end: who does less than all of it is not measured. */
function check(step: number, chat: number, text: string): void {
  const wanted = dialogue.questions[step]?.ask ?? dialogue.thanks
  if (!text.includes(wanted)) throw new Error(`chat ${chat} heard "${text}" instead of "${wanted}"`)
}

function post(agent: Agent, port: number, update: Update): Promise<number> {
  const body = JSON.stringify(update)
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        port,
        host: '127.0.0.1',
        path: PATH,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'x-telegram-bot-api-secret-token': SECRET,
        },
      },
      response => {
        response.resume()
        response.on('end', () => resolve(response.statusCode ?? 0))
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}
