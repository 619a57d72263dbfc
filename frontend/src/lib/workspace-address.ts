const WORKSPACE = /^\/w\/([^/]+)(?:\/|$)/

/** The workspace that an address is in. The address decides, so that two tabs never write to the wrong shop. */
export function workspaceIn(pathname: string): string | undefined {
  const found = WORKSPACE.exec(pathname)?.[1]
  return found === undefined ? undefined : decodeURIComponent(found)
}
