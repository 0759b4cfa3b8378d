// Must be imported before any schema: zod then neither compiles nor probes with `new Function`, which the content
// security policy would report.
import { config } from 'zod'

config({ jitless: true })
