/** Attributes of PyTorch's own modules and containers, whose names a layer cannot bear. */
const attributesOfModules = new Set(
  `T_destination add_module append apply bfloat16 buffers call_super_init children clear compile cpu cuda
  double dump_patches eval extend extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half
  insert ipu items keys load_state_dict modules mtia named_buffers named_children named_modules named_parameters
  names_after parameters pop register_backward_hook register_buffer register_forward_hook register_forward_pre_hook
  register_full_backward_hook register_full_backward_pre_hook register_load_state_dict_post_hook
  register_load_state_dict_pre_hook register_module register_parameter register_state_dict_post_hook
  register_state_dict_pre_hook requires_grad_ set_extra_state set_submodule share_memory state_dict to to_empty train
  training type update values xpu zero_grad`.split(/\s+/),
);

const keywords = new Set(
  `False None True and as assert async await break class continue def del elif else except finally for from global if
  import in is lambda nonlocal not or pass raise return try while with yield`.split(/\s+/),
);

/** A layer's name as the name of its module: the same, or with `_` at its end where PyTorch uses it for itself. */
export const moduleName = (name: string): string =>
  attributesOfModules.has(name) || name.startsWith('_') ? `${name}_` : name;

/** A name as a Python variable: the same where it is one already. */
export function variableName(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9_]/g, '_');
  return /^\d/.test(plain) || keywords.has(plain) ? `_${plain}` : plain;
}
