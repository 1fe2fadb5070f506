-- For Neovim 0.11 and later: `vim.lsp.enable('newslint')`.
return {
  cmd = { 'newslint', 'lsp' },
  filetypes = { 'text', 'markdown', 'html' },
  root_markers = { 'newslint.toml', '.git' },
}
