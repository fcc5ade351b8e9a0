import { execFile } from 'node:child_process'
import { describe, expect, it } from 'vitest'

type Done = { code: number; out: Record<string, unknown> | undefined; said: string }

function ikm(input: string): Promise<Done> {
  return new Promise(done => {
    const child = execFile(process.execPath, ['src/ikm.ts'], (error, stdout, stderr) => {
      const out = stdout === '' ? undefined : (JSON.parse(stdout) as Record<string, unknown>)
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, said: stderr })
    })
    child.stdin?.end(input)
  })
}

describe('npm run ikm', () => {
  it('reads averages as they are written, not as floating point has them', async () => {
    const averages = '"waktu":3.53219999999999999999,"biaya":3.53219999999999999999'
    const { out } = await ikm(`{"weight":"exact","averages":{${averages}}}`)
    expect(out).toMatchObject({ index: 3.5322, ikm: 88.3, grade: 'B', respondents: null })
  })

  it('reads responses, and tells how many were not whole', async () => {
    const responses = [
      { waktu: 4, biaya: 3 },
      { waktu: 2 },
      { waktu: 4, biaya: null },
      { waktu: 3, biaya: 3 },
    ]
    const { out } = await ikm(JSON.stringify({ weight: 'exact', responses }))
    expect(out).toEqual({
      index: 3.25,
      ikm: 81.25,
      grade: 'B',
      respondents: 2,
      incomplete: 2,
      elements: {
        waktu: { average: 3.5, weighted: 1.75, grade: 'B' },
        biaya: { average: 3, weighted: 1.5, grade: 'C' },
      },
      weight: 'exact',
      rule: '2017',
    })
  })

  it('has no score for nobody', async () => {
    const { out, code } = await ikm('{"responses":[]}')
    expect({ out, code }).toMatchObject({ code: 0, out: { ikm: null, grade: null, respondents: 0 } })
  })

  it.each([
    ['{"responses":[{"waktu":4},{"waktu":5}]}', 'Response 2, "waktu"'],
    ['{"responses":[{"waktu":"4"}]}', 'Response 1, "waktu"'],
    ['{"responses":[{"waktu":2.5}]}', 'Response 1, "waktu"'],
    ['{"averages":{"waktu":4.0001}}', 'The average of "waktu"'],
    ['{"averages":{},"weight":"0.2"}', '"weight"'],
    ['{}', 'either "averages" or "responses"'],
    ['[', 'not JSON'],
  ])('%s: says what is wrong, and prints nothing', async (input, words) => {
    const { code, out, said } = await ikm(input)
    expect({ code, out }).toEqual({ code: 1, out: undefined })
    expect(said).toContain(words)
  })
})
