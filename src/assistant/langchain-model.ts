import { initChatModel } from 'langchain/chat_models/universal'
import { z } from 'zod'
import { fetchOnly, heard } from './guarded-fetch.ts'
import type { Asking, Ended, Failure, Model, ModelSettings } from './model.ts'
import { contentIn, readOutput } from './read-output.ts'

/** Tokens of an answer: an article has 2,000 characters at most, some 700 of them. */
const MOST_TOKENS = 1_000
const OPENAI = 'https://api.openai.com/v1'

/** Traces hold every word that is asked and go to a company; whatever the environment says, there are none. */
const TRACING = [
  'LANGSMITH_TRACING_V2',
  'LANGCHAIN_TRACING_V2',
  'LANGSMITH_TRACING',
  'LANGCHAIN_TRACING',
  // The same on our own standard output.
  'LANGCHAIN_VERBOSE',
]

/** The one file that knows LangChain. Loaded only when a model is configured. */
export async function openLangchain(settings: ModelSettings): Promise<Model> {
  for (const name of TRACING) process.env[name] = 'false'
  const chat = await initChatModel(settings.model, {
    temperature: 0,
    maxTokens: MOST_TOKENS,
    // Who waits has the article's own words; a second try would come too late for them, and cost twice.
    maxRetries: 0,
    ...reachedBy(settings),
  })
  return { ask: asking => ask(chat, asking) }
}

type Chat = Awaited<ReturnType<typeof initChatModel>>

/** OpenAI and whatever speaks like it (Ollama, vLLM, llama.cpp) is held to one address; other providers take theirs by name. */
function reachedBy({ model, baseUrl, apiKey = 'none' }: ModelSettings): Record<string, unknown> {
  if (!model.startsWith('openai:')) return { apiKey, ...(baseUrl === undefined ? {} : { baseUrl }) }
  const baseURL = baseUrl ?? OPENAI
  const fetch = fetchOnly(new URL(baseURL).origin)
  return { apiKey, useResponsesApi: false, configuration: { baseURL, fetch, logLevel: 'off' } }
}

async function ask<S extends z.ZodType>(chat: Chat, asking: Asking<S>): Promise<Ended<z.output<S>>> {
  const { prompt, input, output, withinMs, signal } = asking
  const limit = new AbortController()
  const stopped = AbortSignal.any([limit.signal, ...(signal === undefined ? [] : [signal])])
  const late = setTimeout(() => limit.abort(), withinMs)
  // A library that does not listen to its signal must hold nobody either.
  const over = new Promise<{ how: Failure }>(resolve =>
    stopped.addEventListener('abort', () => resolve({ how: 'timed_out' }), { once: true }),
  )
  const structured = chat.withStructuredOutput(z.toJSONSchema(output) as Record<string, unknown>, {
    method: 'jsonSchema',
    name: prompt.name.replaceAll('-', '_'),
    includeRaw: true,
  })
  const note: { body?: string } = {}
  const answer = heard.run(note, () =>
    structured.invoke(
      [
        ['system', prompt.text],
        ['human', JSON.stringify(input)],
      ],
      { signal: stopped },
    ),
  )
  const written = answer.then(
    given => textOf(given),
    (error: unknown) => contentIn(note.body) ?? failureOf(error, note.body !== undefined),
  )
  try {
    const said = await Promise.race([written, over])
    if (typeof said !== 'string') return said
    const value = readOutput(output, said)
    return value === undefined ? { how: 'garbage' } : { how: 'answered', value }
  } finally {
    clearTimeout(late)
  }
}

/** The words of an answer; one with none was a refusal, or a wish for tools we did not offer. */
function textOf(given: unknown): string | { how: Failure } {
  const raw = Reflect.get(Object(given), 'raw')
  const content: unknown = Reflect.get(Object(raw), 'content')
  if (typeof content !== 'string') return { how: 'garbage' }
  return content.trim() === '' ? { how: 'declined' } : content
}

/** What an error means, by what it carries: names and classes differ from provider to provider. `said`: something came. */
function failureOf(error: unknown, said: boolean): { how: Failure } {
  const name = String(Reflect.get(Object(error), 'name'))
  if (name === 'TimeoutError' || name === 'AbortError') return { how: 'timed_out' }
  if (typeof Reflect.get(Object(error), 'status') === 'number') return { how: 'refused' }
  return { how: said ? 'garbage' : 'unreachable' }
}
