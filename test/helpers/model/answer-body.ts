/** What the fake was asked, as far as answers of its are made of it. */
export type Heard = {
  /** The prompt, and what was given along as data. */
  system: string
  data: Record<string, string>
  /** The name of the wanted output, as choose_article. */
  wants: string
  authorization: string
  /** Everything that came over the wire, headers and body. */
  raw: string
}

/** A completion as OpenAI-compatible servers send it. */
export function completion(content: string | null, more: Record<string, unknown> = {}): string {
  return JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_795_000_000,
    model: 'fake',
    choices: [{ index: 0, message: { role: 'assistant', content, ...more }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 },
  })
}

/** A request body as strict servers want it; what is wrong with it, or what it asks. */
export function readAsk(body: string): { wrong: string } | Omit<Heard, 'raw' | 'authorization'> {
  const ask = JSON.parse(body) as Record<string, unknown>
  const known = ['model', 'temperature', 'stream', 'response_format', 'max_tokens', 'messages']
  const strange = Object.keys(ask).filter(key => !known.includes(key))
  if (strange.length > 0) return { wrong: `unknown: ${strange.join(', ')}` }
  const format = ask.response_format as { type?: string; json_schema?: { name?: string; schema?: unknown } }
  if (format?.type !== 'json_schema' || format.json_schema?.schema === undefined)
    return { wrong: 'no schema' }
  if (ask.stream === true) return { wrong: 'nothing is to be streamed' }
  if (typeof ask.max_tokens !== 'number' || ask.max_tokens > 1_000) return { wrong: 'no limit of tokens' }
  const messages = ask.messages as { role: string; content: string }[]
  const [system, human, ...rest] = messages
  if (system?.role !== 'system' || human?.role !== 'user' || rest.length > 0)
    return { wrong: 'not two messages' }
  const data = JSON.parse(human.content) as Record<string, string>
  return { system: system.content, data, wants: format.json_schema.name ?? '' }
}
