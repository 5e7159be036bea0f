/** Where files are read: those on records one sees, or on what one is asked to grant. */
export type FileDoor = 'attachments' | 'approval-files'
