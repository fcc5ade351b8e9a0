import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Model } from '../../src/assistant/model.ts'
import { openModel } from '../../src/assistant/open-model.ts'
import { readPrompts } from '../../src/assistant/prompt.ts'
import { type Mood, startFakeModel } from '../helpers/model/fake-model.ts'

const fake = await startFakeModel()
const elsewhere = await startFakeModel()
afterAll(async () => {
  await fake.stop()
  await elsewhere.stop()
})
const { choose } = readPrompts('prompts')
const output = z.object({ article: z.enum(['none', 'a']), text: z.string() })
const model = (await openModel({
  model: 'openai:local-1',
  baseUrl: fake.baseUrl,
  apiKey: 'secret-1',
})) as Model
const ask = (mood: Mood, withinMs = 4_000, signal?: AbortSignal, question = 'apa ya') => {
  fake.mood = mood
  const input = { question, articles: '[]' }
  return model.ask({ prompt: choose, input, output, withinMs, ...(signal && { signal }) })
}

describe('a model behind LangChain', () => {
  it.each<[string, Mood, string]>([
    ['gives the wanted shape', { is: 'answers', with: () => '{"article":"a","text":"ya"}' }, 'answered'],
    [
      'puts it in a fence',
      { is: 'answers', with: () => '```json\n{"article":"a","text":"ya"}\n```' },
      'answered',
    ],
    [
      'talks around it',
      { is: 'answers', with: () => 'Tentu: {"article":"a","text":"ya"} Semoga.' },
      'answered',
    ],
    ['gives another shape', { is: 'answers', with: () => '{"article":"b","text":"ya"}' }, 'garbage'],
    ['stops in the middle', { is: 'answers', with: () => '{"article":"a","te' }, 'garbage'],
    ['gives words alone', { is: 'answers', with: () => 'halo' }, 'garbage'],
    ['gives nothing', { is: 'answers', with: () => '' }, 'declined'],
    ['declines', { is: 'declines' }, 'declined'],
    ['wants tools', { is: 'calls tools' }, 'declined'],
    ['sends an empty object', { is: 'garbage', body: '{}' }, 'garbage'],
    ['sends a page', { is: 'garbage', body: '<html>login</html>', type: 'text/html' }, 'garbage'],
    ['refuses for good', { is: 'refuses', status: 401 }, 'refused'],
    ['is overloaded', { is: 'refuses', status: 429 }, 'refused'],
    ['breaks', { is: 'refuses', status: 500 }, 'refused'],
    ['breaks off', { is: 'half' }, 'unreachable'],
    ['resets', { is: 'resets' }, 'unreachable'],
    ['sends without end', { is: 'endless' }, 'unreachable'],
    ['sends elsewhere', { is: 'redirects', to: elsewhere.baseUrl }, 'unreachable'],
  ])('that %s', async (_, mood, how) => {
    const began = performance.now()
    expect((await ask(mood)).how).toBe(how)
    expect(performance.now() - began).toBeLessThan(2_500)
  })

  it.each<Mood>([{ is: 'hangs' }, { is: 'hangs after the head' }, { is: 'dribbles' }])(
    'that $is is left when the time is over, and its connection closed',
    async mood => {
      const began = performance.now()
      expect(await ask(mood, 300)).toEqual({ how: 'timed_out' })
      expect(performance.now() - began).toBeLessThan(800)
      await expect.poll(fake.open).toBe(0)
    },
  )

  it('is left when whoever asks gives up', async () => {
    const stop = new AbortController()
    const asked = ask({ is: 'hangs' }, 8_000, stop.signal)
    setTimeout(() => stop.abort(), 50)
    expect(await asked).toEqual({ how: 'timed_out' })
  })

  it('is called once, with its key, two messages and a schema, and never a second time', async () => {
    await ask({ is: 'refuses', status: 500 }, 4_000, undefined, 'sekali saja')
    const [heard, ...again] = fake.heard.filter(({ data }) => data.question === 'sekali saja')
    expect(again).toEqual([])
    expect(heard?.authorization).toBe('Bearer secret-1')
    expect(heard?.system).toBe(choose.text)
    expect(heard?.data).toEqual({ question: 'sekali saja', articles: '[]' })
    expect(fake.violations).toEqual([])
    expect(elsewhere.heard).toEqual([])
  })

  it('answers each of many at once with its own', async () => {
    fake.mood = {
      is: 'answers',
      with: ({ data }) => `\`\`\`{"article":"a","text":"${data.question}"}\`\`\``,
    }
    const questions = Array.from({ length: 20 }, (_, n) => `nomor ${n}`)
    const answers = await Promise.all(
      questions.map(question =>
        model.ask({ prompt: choose, input: { question, articles: '[]' }, output, withinMs: 8_000 }),
      ),
    )
    expect(answers.map(ended => (ended.how === 'answered' ? ended.value.text : ended.how))).toEqual(questions)
  })

  it('is refused in plain words when its package is not there or its provider unknown', async () => {
    const open = (name: string) => openModel({ model: name, baseUrl: undefined, apiKey: undefined })
    await expect(open('anthropic:claude')).rejects.toThrow(/Your move: .*@langchain\/anthropic/)
    await expect(open('nobody:x')).rejects.toThrow(/Your move/)
  })
})
