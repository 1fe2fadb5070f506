-- newslint in Neovim, from 0.7 on. `require('newslint').setup()` starts the server for drafts.
local M = {}

local defaults = {
  -- The program and its arguments.
  cmd = { 'newslint', 'lsp' },
  filetypes = { 'text', 'markdown', 'html' },
  -- Sent as the server's settings: { maxFileBytes = 16777216 }.
  settings = vim.empty_dict(),
  -- Called with the client and the buffer.
  on_attach = nil,
}

-- The folder of the newslint.toml nearest to a file, or the file's own.
function M.root(path)
  local folder = vim.fn.fnamemodify(path ~= '' and path or vim.fn.getcwd() .. '/x', ':p:h')
  local config = vim.fn.findfile('newslint.toml', vim.fn.escape(folder, ' ,;') .. ';')
  if config ~= '' then
    return vim.fn.fnamemodify(config, ':p:h')
  end
  return folder
end

-- What vim.lsp.start (0.8), vim.lsp.config (0.11) and vim.lsp.start_client (0.7) all take.
function M.config(options, root)
  return {
    name = 'newslint',
    cmd = options.cmd,
    root_dir = root,
    settings = { newslint = options.settings },
    init_options = options.settings,
    on_attach = options.on_attach,
  }
end

-- Clients by root folder, for Neovim 0.7, which does not keep them itself.
local clients = {}

-- Starts the server for a buffer, or gives the buffer to the one that serves its folder.
function M.start(bufnr, options)
  options = vim.tbl_extend('force', defaults, options or {})
  local root = M.root(vim.api.nvim_buf_get_name(bufnr))
  local config = M.config(options, root)
  if vim.lsp.start then
    return vim.lsp.start(config, { bufnr = bufnr })
  end
  local id = clients[root]
  if not id or not vim.lsp.get_client_by_id(id) then
    id = vim.lsp.start_client(config)
    clients[root] = id
  end
  if id then
    vim.lsp.buf_attach_client(bufnr, id)
  end
  return id
end

local function client_of(bufnr)
  local get = vim.lsp.get_clients or vim.lsp.get_active_clients
  for _, client in ipairs(get()) do
    if client.name == 'newslint' and vim.lsp.buf_is_attached(bufnr, client.id) then
      return client
    end
  end
end

-- Makes the safe fixes of a buffer: those that change no name, figure, date or quotation.
function M.fix_all(bufnr)
  bufnr = bufnr or vim.api.nvim_get_current_buf()
  local client = client_of(bufnr)
  if not client then
    vim.notify('newslint does not check this buffer', vim.log.levels.WARN)
    return
  end
  local last = vim.api.nvim_buf_line_count(bufnr)
  local params = {
    textDocument = { uri = vim.uri_from_bufnr(bufnr) },
    range = { start = { line = 0, character = 0 }, ['end'] = { line = last, character = 0 } },
    context = { diagnostics = {}, only = { 'source.fixAll.newslint' } },
  }
  local answers = vim.lsp.buf_request_sync(bufnr, 'textDocument/codeAction', params, 5000) or {}
  for _, action in ipairs((answers[client.id] or {}).result or {}) do
    vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
  end
end

-- Opens the other side of what is reported in the cursor's line: the story, source or facts file at its words. Of several
-- the first, with all of them in the location list.
function M.evidence()
  local line = vim.api.nvim_win_get_cursor(0)[1] - 1
  local items = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(0, { lnum = line })) do
    local lsp = (diagnostic.user_data or {}).lsp or {}
    for _, other in ipairs(lsp.relatedInformation or {}) do
      local path = vim.uri_to_fname(other.location.uri)
      local start = other.location.range.start
      local words = (vim.fn.filereadable(path) == 1 and vim.fn.readfile(path, '', start.line + 1) or {})[start.line + 1] or ''
      table.insert(items, {
        filename = path,
        lnum = start.line + 1,
        -- The server counts in UTF-16 unless both agree otherwise, Vim in bytes.
        col = vim.str_byteindex(words, math.min(start.character, vim.fn.strchars(words)), true) + 1,
        text = other.message,
      })
    end
  end
  if #items == 0 then
    vim.notify('nothing in this line has another side', vim.log.levels.INFO)
    return
  end
  vim.fn.setloclist(0, {}, ' ', { title = 'newslint', items = items })
  vim.cmd('lfirst')
end

function M.setup(options)
  options = vim.tbl_extend('force', defaults, options or {})
  local group = vim.api.nvim_create_augroup('newslint', { clear = true })
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    pattern = options.filetypes,
    callback = function(event)
      -- Help pages and the like are no copy.
      if vim.bo[event.buf].buftype == '' then
        M.start(event.buf, options)
      end
    end,
  })
  vim.api.nvim_create_user_command('NewslintFixAll', function()
    M.fix_all()
  end, { desc = 'Make all safe fixes of newslint' })
  vim.api.nvim_create_user_command('NewslintEvidence', function()
    M.evidence()
  end, { desc = 'Open the other side of what newslint reports in this line' })
end

return M
