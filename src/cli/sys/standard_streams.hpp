// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

namespace mp3prof
{

// A standard descriptor that is closed would be the number of the next file that
// we open, and words or rows would go there. Fills the gaps with descriptors
// that fail when they are used, as closed ones do, and that no child inherits.
// To be called before anything is opened.
void fill_standard_streams();

} // namespace mp3prof
