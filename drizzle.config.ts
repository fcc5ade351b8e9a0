import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/records/schema.ts',
  out: './src/records/migrations',
})
