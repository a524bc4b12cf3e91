//! The faults that did not apply yet, in order.

use super::Fault;
use crate::received::ReceivedRequest;

#[derive(Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn add(&mut self, fault: Fault) {
        if fault.times > 0 {
            self.0.push(fault);
        }
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The number of faults that still apply to a request.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns the first fault that applies to a request, and counts the request.
    pub(crate) fn take(&mut self, request: &ReceivedRequest) -> Option<Fault> {
        for (index, fault) in self.0.iter_mut().enumerate() {
            if !fault.applies_to(request) {
                continue;
            }
            if fault.skip > 0 {
                fault.skip -= 1;
                continue;
            }
            // `always` never ends.
            if fault.times != usize::MAX {
                fault.times -= 1;
            }
            return Some(if fault.times == 0 {
                self.0.remove(index)
            } else {
                fault.clone()
            });
        }
        None
    }
}
