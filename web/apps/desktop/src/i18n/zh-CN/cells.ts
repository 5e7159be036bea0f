export default {
  cells: {
    edit: '编辑{name}的{field}',
    save: '保存这一格',
    cancel: '放弃修改',
    saved: '已保存“{name}”的{field}',
    undone: '已恢复“{name}”原来的{field}',
    notUndone: '“{name}”的{field}没有恢复',
    changedBy: '{who}后来又改了它，现在的内容保持不变。',
  },
}
