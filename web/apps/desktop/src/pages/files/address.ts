/** Where the bytes of a file are: with its record, or with the approval that shows it. */
export function fileAddress(id: string, approval?: string): string {
  return approval === undefined ? `/api/v1/attachments/${id}/content` : `/api/v1/approvals/${approval}/receipts/${id}/content`
}
