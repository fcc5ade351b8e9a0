import { registerHooks } from 'node:module'

/**
 * To be imported before the line. A restart is what these checks repeat most, and half of its cost is drizzle, which turns do
 * not use: statements of the line are its own. So that nobody is fooled, using it here throws.
 */
const stub = `data:text/javascript,export const drizzle = () => new Proxy({}, { get() { throw new Error('no drizzle here') } })`

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'drizzle-orm/node-postgres' ? { url: stub, shortCircuit: true } : next(specifier, context),
})
