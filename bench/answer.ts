/** `answer`: how well questions are answered, ours and the peers', and what one costs among ten thousand articles. */
import { buildOurs } from './answer/ours.ts'
import { DECIDES, PEERS } from './answer/peers.ts'
import type { QuestionSet, Said } from './answer/question.ts'
import { type Score, scoreOf } from './answer/score.ts'
import { manyArticles, questionSets } from './answer/sets.ts'
import { measureSpeed, type Speed } from './answer/speed.ts'
import { say, withBestThreshold } from './answer/threshold.ts'
import { print, printAim, progress } from './lines.ts'
import { peerVersion } from './versions.ts'

export type AnswerSize = { articles: number; peers: boolean }

export async function benchAnswer({ articles, peers }: AnswerSize): Promise<void> {
  const sets = questionSets()
  for (const set of sets) await compareOn(set, peers)
  const [first] = sets
  if (first === undefined) return
  const many = manyArticles(first.articles, articles)
  const texts = sets.flatMap(({ questions }) => questions.map(({ text }) => text))
  progress(`answer: ours, ${many.length} articles`)
  const ours = await measureSpeed(async () => buildOurs(many), texts)
  report('ours', ours)
  printAim({ name: 'answer.p99', reached: ours.p99, unit: 'ms', atMost: 2 })
  printAim({ name: 'answer.p99.unseen', reached: ours.p99Unseen, unit: 'ms', atMost: 5 })
  printAim({ name: 'answer.build', reached: ours.buildMs, unit: 'ms', atMost: 3000 })
  printAim({ name: 'answer.memory', reached: ours.megabytes, unit: 'MB', atMost: 80 })
  if (!peers) return
  // nlp.js trains for minutes on so many; the others search.
  for (const name of ['minisearch', 'wink-bm25-text-search', '@orama/orama'] as const) {
    progress(`answer: ${name}, ${many.length} articles`)
    report(name, await measureSpeed(() => PEERS[name](many), texts.slice(0, 150)), ours)
  }
}

async function compareOn({ name, articles, questions }: QuestionSet, peers: boolean): Promise<void> {
  const answer = buildOurs(articles)
  const said = questions.map(({ text }) => answer(text))
  const ours = scored(name, 'ours', questions, said)
  for (const [peer, build] of Object.entries(peers ? PEERS : {})) {
    progress(`answer: ${peer} on ${name}`)
    const search = await build(articles)
    const rows = []
    for (const question of questions) rows.push({ question, hits: await search(question.text) })
    const decides = DECIDES[peer]
    const said = decides === undefined ? withBestThreshold(rows) : rows.map(({ hits }) => say(hits, decides))
    scored(name, peer, questions, said, ours)
  }
}

function scored(
  set: string,
  who: string,
  questions: QuestionSet['questions'],
  said: Said[],
  ours?: Score,
): Score {
  const score = scoreOf(
    questions.map((question, n) => ({
      question,
      said: said[n] ?? { answer: null, suggest: [], ranked: [] },
    })),
  )
  for (const [what, value] of Object.entries(score) as [keyof Score, number][]) {
    const line = { name: `answer.${set}.${what}`, value, unit: '%' }
    if (ours === undefined) print(line)
    else print({ ...line, peer: peerVersion(who), ratio: ours[what] / value })
  }
  return score
}

function report(who: string, { buildMs, megabytes, p50, p99, p99Unseen }: Speed, ours?: Speed): void {
  const peer = ours === undefined ? {} : { peer: peerVersion(who) }
  const line = (what: string, value: number, unit: string, mine?: number) =>
    print({
      name: `answer.${what}`,
      value,
      unit,
      ...peer,
      ...(mine === undefined ? {} : { ratio: mine / value }),
    })
  line('build', buildMs, 'ms', ours?.buildMs)
  line('memory', megabytes, 'MB', ours?.megabytes)
  line('p50', p50, 'ms', ours?.p50)
  line('p99', p99, 'ms', ours?.p99)
  line('p99.unseen', p99Unseen, 'ms', ours?.p99Unseen)
}
