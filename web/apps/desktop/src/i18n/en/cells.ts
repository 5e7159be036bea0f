export default {
  cells: {
    edit: 'Edit {field} of {name}',
    save: 'Save this cell',
    cancel: 'Discard the change',
    saved: '{field} of “{name}” saved',
    undone: '{field} of “{name}” is what it was',
    notUndone: '{field} of “{name}” was not restored',
    changedBy: '{who} has changed it since; it stays as it is now.',
  },
}
