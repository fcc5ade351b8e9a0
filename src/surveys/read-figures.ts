import { Refusal } from '../lib/refusal.ts'
import { type Convention, isConvention, type RuleVersion } from './conventions.ts'
import { compare, decimal, type Fraction, fraction } from './fraction.ts'
import type { Values } from './index.ts'

export type Figures = { convention: Convention; rule: RuleVersion; averages: Map<string, Fraction> } & {
  responses: Values[] | undefined
}

/** A number as it stands in the text: 3.53240000000000001 is more than 3.5324, and floating point would not know. */
class Written {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/**
 * Reads averages or responses. Throws a Refusal that names the first thing wrong: a value outside 1 to 4 is never mended, since
 * nobody knows what was meant.
 */
export function readFigures(json: string): Figures {
  const given = parse(json)
  if (!isObject(given)) throw new Refusal('The input must be a JSON object.')
  const { weight = 'exact', rule = '2017', averages, responses } = given
  const convention = weight instanceof Written ? weight.text : weight
  if (!isConvention(convention)) throw new Refusal('"weight" is not one we know.')
  const version = rule instanceof Written ? rule.text : rule
  if (version !== '2017' && version !== '2004') throw new Refusal('"rule" is "2017" or "2004".')
  if ((averages === undefined) === (responses === undefined)) {
    throw new Refusal('The input must have either "averages" or "responses".')
  }
  const how = { convention, rule: version } as const
  if (averages !== undefined) return { ...how, averages: readAverages(averages), responses: undefined }
  if (!Array.isArray(responses)) throw new Refusal('"responses" must be a list.')
  return { ...how, averages: new Map(), responses: responses.map(readResponse) }
}

function parse(json: string): unknown {
  try {
    // TypeScript's library does not know the third argument yet.
    const reviver = (_key: string, value: unknown, context?: { source?: string }): unknown =>
      typeof value === 'number' ? new Written(context?.source ?? String(value)) : value
    return JSON.parse(json, reviver)
  } catch (error) {
    throw new Refusal(`The input is not JSON: ${error instanceof Error ? error.message : ''}`)
  }
}

function readAverages(given: unknown): Map<string, Fraction> {
  if (!isObject(given)) throw new Refusal('"averages" must be an object.')
  return new Map(
    Object.entries(given).map(([element, value]) => {
      const average = value instanceof Written ? decimal(value.text) : undefined
      if (average === undefined || compare(average, fraction(1)) < 0 || compare(average, fraction(4)) > 0) {
        throw new Refusal(`The average of "${element}" must be a number from 1 to 4.`)
      }
      return [element, average]
    }),
  )
}

/** `null` is an element that was not answered, like one that is not there. */
function readResponse(given: unknown, n: number): Values {
  if (!isObject(given)) throw new Refusal(`Response ${n + 1} must be an object.`)
  const answered = Object.entries(given).filter(([, value]) => value !== null)
  return Object.fromEntries(
    answered.map(([element, value]) => {
      const number = value instanceof Written ? Number(value.text) : Number.NaN
      if (![1, 2, 3, 4].includes(number)) {
        throw new Refusal(`Response ${n + 1}, "${element}": a value is 1, 2, 3 or 4.`)
      }
      return [element, number]
    }),
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Written)
}
