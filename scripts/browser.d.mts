export function browserPath(): string | null
export function ensureBrowser(): boolean
