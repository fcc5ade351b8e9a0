import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readPrompt } from '../../../src/assistant/prompt.ts'
import { checkShape } from '../../../src/conversation/check-shape.ts'
import { parseFlow } from '../../../src/conversation/parse-flow.ts'
import { parseHouse } from '../../../src/conversation/parse-house.ts'
import { parseInstrument, parseSayings } from '../../../src/conversation/parse-instrument.ts'
import { parseWords } from '../../../src/conversation/parse-words.ts'
import type { Problem } from '../../../src/conversation/problem.ts'
import { translateInstrument } from '../../../src/conversation/translate-instrument.ts'
import { readSource } from '../../../src/conversation/yaml-source.ts'
import { readEducation } from '../../../src/education-file.ts'
import { articlesIn } from '../../../src/exchange/articles.ts'
import { readArticle } from '../../../src/knowledge/article-file.ts'
import { createLexicon } from '../../../src/knowledge/lexicon.ts'
import { checkConcepts, readConcepts, WordsShape } from '../../../src/knowledge/lexicon-file.ts'
import { loadCalendar } from '../../../src/offices/load-calendar.ts'
import { OfficeFile } from '../../../src/offices/office.ts'
import { readArticlesFile } from '../../../src/read-articles-file.ts'
import type { Target } from './engine.ts'
import { must, mustBeDay } from './must.ts'
import { withFiles } from './scratch.ts'

const filed = (name: string) => readFileSync(name, 'utf8')
const FLOW =
  'flow: coba\ntitle: Coba\nopens: [coba]\nsteps:\n  awal:\n    ask: Apa?\n    accept: text\n    max: 20\n  pilih:\n    choose: Yang mana?\n    options: { a: A, b: B }\n  akhir:\n    end: Selesai {{awal}}\n'
const ARTICLE =
  '---\nid: contoh\nquestion: Apa?\ntags: [a, b]\nsource: Contoh\nas_of: 2026-01-01\nclass: law\nchecked_by: Petugas\n---\n\nJawaban.\n'
const CONCEPTS = 'kartu:\n  say: kartu, ktp\n  within: surat\n  weight: 0.8\nsurat: surat, dokumen\n'
const WORDS = 'short: { yg: yang }\nfiller: yang di\nlight: mau\nfaint: itu\nroots: ajar baca\n'
const YEAR =
  'year: 2026\ndecree: Contoh\nsource: contoh\nas_of: 2026-01-02\nnational_holidays: [2026-01-01]\njoint_leave: [2026-03-23]\nramadan: { from: 2026-02-18, to: 2026-03-19, source: contoh }\n'

const sayings = parseSayings('sayings.yaml', filed('flows/surveys/sayings.yaml'), [])
const skm = sayings && parseInstrument('skm.yaml', filed('flows/surveys/skm.yaml'), sayings, [])

/** Reads, and what is wrong is told in words with a line of the file. */
function problems(text: string, read: (noted: Problem[]) => unknown): void {
  const noted: Problem[] = []
  read(noted)
  const lines = text.split(/\r\n?|\n/).length
  for (const { line, text: said } of noted) {
    must(Number.isInteger(line) && line >= 0 && line <= lines + 2, 'names no line')
    must(said.trim() !== '', 'says nothing')
  }
}

/** What an office writes: flows, words, surveys, articles, the lexicon, its own file, calendars, prompts. */
export const READ_HOUSE: Readonly<Record<string, Target>> = {
  flow: {
    seeds: [FLOW, filed('flows/status.yaml'), filed('flows/complaint.yaml')],
    run: text => problems(text, noted => parseFlow('coba.yaml', text, noted)),
  },
  'flow words': {
    seeds: [
      'flow: coba\nlanguage: en\ntitle: Try\nsteps:\n  awal: { ask: What? }\n  pilih:\n    choose: Which?\n    options: { a: A }\n',
      filed('flows/status.en.yaml'),
    ],
    run: text => problems(text, noted => parseWords('coba.en.yaml', text, noted)),
  },
  house: {
    seeds: [
      'house: words\nlanguage: id\nwords:\n  menu: [menu]\nflood: { minute: 60 }\nphrases:\n  hello: Halo\n',
      filed('flows/house.yaml'),
    ],
    run: text => problems(text, noted => parseHouse('house.yaml', text, noted)),
  },
  article: {
    seeds: [ARTICLE],
    run: text => problems(text, noted => readArticle('contoh.md', text, noted)),
  },
  'articles as json': {
    is: 'json',
    seeds: ['[{"id":"a","question":"Apa?","alternatives":["b"],"answer":"c","tags":[]}]'],
    run: text => withFiles({ 'a.json': text }, folder => readArticlesFile(join(folder, 'a.json'))),
  },
  'articles as a table': {
    seeds: [
      'id,question,alternatives,answer,tags,source,as_of,valid_until,class,checked_by,link,owner\nbiaya,Apa?,"b\nc",Jawaban,,Contoh,2026-01-01,,law,,https://contoh.go.id,\n',
    ],
    run: text => withFiles({ 'a.csv': text }, folder => articlesIn(join(folder, 'a.csv'))),
  },
  survey: {
    seeds: [filed('flows/surveys/ipkp.yaml')],
    run: text => problems(text, noted => sayings && parseInstrument('survey.yaml', text, sayings, noted)),
  },
  'survey words': {
    seeds: [filed('flows/surveys/skm.en.yaml')],
    run: text => problems(text, noted => skm && translateInstrument(skm, 'skm.en.yaml', text, noted)),
  },
  'survey sayings': {
    seeds: [filed('flows/surveys/sayings.en.yaml')],
    run: text => problems(text, noted => parseSayings('sayings.en.yaml', text, noted, sayings)),
  },
  lexicon: {
    seeds: [`${WORDS}\f${CONCEPTS}`, `${WORDS}\f${filed('flows/knowledge/small.yaml')}`],
    run: text =>
      problems(text, noted => {
        const [words = '', concepts = ''] = text.split('\f')
        const read = readSource('words.yaml', words, noted)
        const file = readSource('concepts.yaml', concepts, noted)
        const shape = read && checkShape(read, WordsShape, noted)
        const found = file === undefined ? [] : readConcepts(file, noted)
        checkConcepts(found, noted)
        if (shape !== undefined && noted.length === 0)
          createLexicon(shape, Object.fromEntries(found.map(({ id, source }) => [id, source])))
      }),
  },
  education: {
    seeds: [
      'kinds: { cpns: cpns, pppk: pppk, other: lain }\nof_all: lowongan\nlevels:\n  s1: { name: S-1, say: "s1, sarjana", covers: d4 }\n  d4: { name: D-4, say: d4 }\nfields:\n  hukum: { name: Hukum, say: hukum }\n',
    ],
    run: text =>
      withFiles({ 'education.yaml': text }, folder => readEducation(join(folder, 'education.yaml'))),
  },
  office: {
    seeds: [filed('flows/offices/medan/office.yaml')],
    run: text =>
      problems(text, noted => {
        const source = readSource('office.yaml', text, noted)
        const office = source && checkShape(source, OfficeFile, noted)
        if (office !== undefined) new Intl.DateTimeFormat('id', { timeZone: office.zone })
      }),
  },
  calendar: {
    seeds: [`${YEAR}\f${filed('flows/calendars/hours.yaml')}`],
    run(text) {
      const [year = '', hours = ''] = text.split('\f')
      const files = { 'calendars/2026.yaml': year, 'calendars/hours.yaml': hours }
      return withFiles(files, folder => {
        const { closed, ramadan } = loadCalendar(folder)
        for (const day of closed) mustBeDay(day)
        for (const { from, to } of ramadan) {
          mustBeDay(from)
          mustBeDay(to)
        }
      })
    },
  },
  prompt: {
    seeds: [filed('prompts/choose-article.md')],
    run: text => withFiles({ 'a.md': text }, folder => readPrompt(folder, 'a')),
  },
}
