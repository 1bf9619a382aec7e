/** pastOf is what the pages of a history say together: the versions, and what the one that stands is known by. */
export function pastOf<Version>(pages: { revisions: Version[]; etag: string }[] | undefined) {
  return pages && { revisions: pages.flatMap((page) => page.revisions), etag: pages[0]?.etag };
}
