import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const example = fileURLToPath(new URL('../../../deploy/nginx.conf', import.meta.url))

export type Nginx = { get(path: string): Promise<{ status: number; body: string }>; stop(): Promise<void> }

/** nginx with the example file, a certificate of its own and other ports; undefined where this machine has no nginx. */
export async function proxyBefore(home: string, upstream: number, port: number): Promise<Nginx | undefined> {
  if (spawnSync('nginx', ['-v']).error !== undefined) return undefined
  const at = join(home, 'nginx')
  mkdirSync(at)
  const [cert, key] = [join(at, 'cert.pem'), join(at, 'key.pem')]
  const subject = ['-subj', '/CN=lapor.example.go.id', '-days', '2']
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, ...subject],
    { stdio: 'ignore' },
  )
  const site = readFileSync(example, 'utf8')
    .replace(/^server \{\s+listen 80;[\s\S]*?^\}/m, '')
    .replace('listen 443 ssl http2', `listen 127.0.0.1:${port} ssl http2`)
    .replace(/^.*listen \[::\]:443.*$/m, '')
    .replace(/ssl_certificate .*;/, `ssl_certificate ${cert};`)
    .replace(/ssl_certificate_key .*;/, `ssl_certificate_key ${key};`)
    .replace('127.0.0.1:3000', `127.0.0.1:${upstream}`)
  const conf = join(at, 'nginx.conf')
  writeFileSync(
    conf,
    `daemon off; master_process off; pid ${at}/pid; error_log ${at}/error.log;\nevents {}\nhttp { access_log off; client_body_temp_path ${at}/b; proxy_temp_path ${at}/p; fastcgi_temp_path ${at}/f; uwsgi_temp_path ${at}/u; scgi_temp_path ${at}/s;\n${site}\n}`,
  )
  const nginx = spawn('nginx', ['-e', join(at, 'error.log'), '-p', at, '-c', conf], { stdio: 'inherit' })
  const ended = new Promise<void>(done => nginx.once('close', () => done()))
  await pause(500)
  return {
    get: path => get(port, path),
    async stop() {
      nginx.kill('SIGTERM')
      await ended
    },
  }
}

function get(port: number, path: string): Promise<{ status: number; body: string }> {
  return new Promise((done, fail) => {
    const asked = request(
      { host: '127.0.0.1', port, path, rejectUnauthorized: false, headers: { host: 'lapor.example.go.id' } },
      answer => {
        let body = ''
        answer.on('data', words => {
          body += words
        })
        answer.on('end', () => done({ status: answer.statusCode ?? 0, body }))
      },
    )
    asked.once('error', fail)
    asked.end()
  })
}
